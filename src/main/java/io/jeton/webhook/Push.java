package io.jeton.webhook;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Pushes one Security Event Token by HTTP: RFC 8935 §2.1. Follows no redirect, and reads no more than it must. */
@ApplicationScoped
final class Push {
    static final Duration LONGEST = Duration.ofSeconds(10);
    static final int MOST_AT_ONCE = 8;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LONGEST_BODY = 4096;

    private final HttpClient http;

    Push(Vertx vertx) {
        this.http = vertx.getDelegate()
                .createHttpClient(new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setMaxPoolSize(MOST_AT_ONCE)
                        .setKeepAliveTimeout(30)
                        .setShared(false));
    }

    @PreDestroy
    void stop() {
        http.close();
    }

    /** @param body its beginning */
    record Answer(int status, String body) {}

    /** The answer, whatever it is; a failure where there is none in time. */
    Uni<Answer> post(Webhook webhook, String token) {
        AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
        return Uni.createFrom()
                .<Answer>emitter(emitter -> http.request(options(webhook))
                        .onSuccess(request -> {
                            sent.set(request);
                            send(request, token, emitter);
                        })
                        .onFailure(emitter::fail))
                .ifNoItem()
                .after(LONGEST)
                .failWith(TimeoutException::new)
                .onFailure()
                .invoke(() -> reset(sent.get()));
    }

    private static RequestOptions options(Webhook webhook) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(webhook.url().toString())
                .setMethod(HttpMethod.POST)
                .setFollowRedirects(false)
                .setTimeout(LONGEST.toMillis())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/secevent+jwt")
                .putHeader(HttpHeaders.ACCEPT, "application/json");
        webhook.authorization().ifPresent(value -> options.putHeader(HttpHeaders.AUTHORIZATION, value));
        return options;
    }

    private static void send(HttpClientRequest request, String token, UniEmitter<? super Answer> emitter) {
        request.send(Buffer.buffer(token.getBytes(StandardCharsets.US_ASCII)))
                .onSuccess(response -> read(request, response, emitter))
                .onFailure(emitter::fail);
    }

    private static void read(
            HttpClientRequest request, HttpClientResponse response, UniEmitter<? super Answer> emitter) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            body.appendBuffer(part, 0, Math.min(part.length(), LONGEST_BODY - body.length()));
            if (body.length() >= LONGEST_BODY) {
                response.handler(null);
                emitter.complete(answer(response, body));
                reset(request);
            }
        });
        response.endHandler(end -> emitter.complete(answer(response, body)));
        response.exceptionHandler(emitter::fail);
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        return new Answer(response.statusCode(), body.toString(StandardCharsets.UTF_8));
    }

    /** What still comes is not waited for. */
    private static void reset(@Nullable HttpClientRequest request) {
        if (request != null) {
            boolean unused = request.reset();
        }
    }
}
