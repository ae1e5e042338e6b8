package io.jeton.client;

import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwkSet;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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

    private final HttpClient http;
    private final ClientKeysConfig config;

    KeySetFetch(Vertx vertx, ClientKeysConfig config) {
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
        return Uni.createFrom()
                .item(() -> resolve(uri))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
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
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
        boolean sharedByCarrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        boolean translated = bytes.length == 16 && bytes[0] == 0 && bytes[1] == 0x64;
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || sharedByCarrier
                || translated
                || (bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xF0) == 0xF0));
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
        return http.request(options).compose(HttpClientRequest::send).compose(KeySetFetch::body);
    }

    private static String path(URI uri) {
        return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        Promise<Buffer> body = Promise.promise();
        Buffer read = Buffer.buffer();
        if (response.statusCode() != 200) {
            body.fail(new InvalidJwtException("the client's jwks_uri does not answer with 200"));
            response.request().reset();
            return body.future();
        }
        response.exceptionHandler(body::tryFail);
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
