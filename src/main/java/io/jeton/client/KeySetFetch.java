package io.jeton.client;

import io.jeton.database.OffLoop;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwkSet;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Fetches a client's key set. The address is chosen by whoever registered the client, so it is resolved and looked at here, and
 * asked by what it resolved to; no redirect is followed, and no more than 64 KiB are read.
 */
@ApplicationScoped
final class KeySetFetch {
    private static final int LARGEST = 65_536;

    private final Vertx vertx;
    private final HttpClient http;
    private final ClientKeysConfig config;

    KeySetFetch(Vertx vertx, ClientKeysConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(2));
    }

    @PreDestroy
    void stop() {
        http.close();
    }

    /** Fails with {@link InvalidJwtException} or whatever the network says. */
    Uni<PublicJwkSet> fetch(URI uri) {
        return OffLoop.call(() -> resolve(uri))
                .chain(address ->
                        Uni.createFrom().completionStage(() -> ask(uri, address).toCompletionStage()))
                .map(body -> PublicJwkSet.read(body.toString()))
                .ifNoItem()
                .after(config.timeout())
                .fail();
    }

    private InetAddress resolve(URI uri) {
        if (!config.allowPrivateNetworks() && !"https".equals(uri.getScheme())) {
            throw new InvalidJwtException("the client's jwks_uri is not https");
        }
        try {
            InetAddress[] addresses = InetAddress.getAllByName(uri.getHost());
            if (!config.allowPrivateNetworks() && Arrays.stream(addresses).anyMatch(KeySetFetch::isInside)) {
                throw new InvalidJwtException("the client's jwks_uri is an address of a private network");
            }
            return addresses[0];
        } catch (UnknownHostException e) {
            throw new InvalidJwtException("the host of the client's jwks_uri is unknown");
        }
    }

    /** What only we can reach (RFC 6890): this machine, its neighbours, the metadata service of a cloud. */
    static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || (bytes.length == 4 ? isInside4(bytes) : isInside6(bytes));
    }

    /** This network, shared by carriers, of the IETF, for benchmarks, reserved. */
    private static boolean isInside4(byte[] bytes) {
        int first = Byte.toUnsignedInt(bytes[0]);
        int second = Byte.toUnsignedInt(bytes[1]);
        return first == 0
                || (first == 100 && (second & 0xC0) == 64)
                || (first == 192 && second == 0 && bytes[2] == 0)
                || (first == 198 && (second & 0xFE) == 18)
                || first >= 240;
    }

    /** Global unicast is outside, apart from what is routed to an IPv4 address inside it: Teredo and 6to4. */
    private static boolean isInside6(byte[] bytes) {
        boolean global = (bytes[0] & 0xE0) == 0x20;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 1 && bytes[2] == 0 && bytes[3] == 0;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 2;
        return !global || teredo || sixToFour;
    }

    private Future<Buffer> ask(URI uri, InetAddress address) {
        boolean tls = "https".equals(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(uri.getRawQuery() == null ? path(uri) : path(uri) + "?" + uri.getRawQuery())
                .setFollowRedirects(false)
                .setTimeout(config.timeout().toMillis())
                .putHeader("Accept", "application/jwk-set+json, application/json");
        return http.request(options).compose(this::send);
    }

    /** Whoever answers a byte at a time is hung up on, or he would keep the connection. */
    private Future<Buffer> send(HttpClientRequest request) {
        long timer = vertx.setTimer(config.timeout().toMillis(), late -> request.reset());
        return request.send().compose(KeySetFetch::body).onComplete(done -> vertx.cancelTimer(timer));
    }

    private static String path(URI uri) {
        return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        Promise<Buffer> body = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(body::tryFail);
        if (response.statusCode() != 200) {
            body.fail(new InvalidJwtException("the client's jwks_uri does not answer with 200"));
            response.request().reset();
            return body.future();
        }
        response.handler(part -> {
            read.appendBuffer(part);
            if (read.length() > LARGEST) {
                body.tryFail(new InvalidJwtException("the client's key set is larger than 64 KiB"));
                response.request().reset();
            }
        });
        response.endHandler(end -> body.tryComplete(read));
        return body.future();
    }
}
