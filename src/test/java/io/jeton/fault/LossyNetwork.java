package io.jeton.fault;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network that loses answers: the service has done its work, and whoever asked never learns of it. It loses requests
 * too, and some answers come late.
 */
final class LossyNetwork implements AutoCloseable {
    private static final double LATE = 0.02;
    private static final long LATE_MILLIS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final AtomicInteger lost = new AtomicInteger();
    private final Random random;
    private final double loss;
    private final double requestLoss;
    private final int service;
    private final HttpServer server;

    /**
     * @param service the port of the service
     * @param loss the share of answers that is lost, 0 to 1
     * @param requestLoss the share of requests that is lost
     */
    LossyNetwork(int service, double loss, double requestLoss, long seed) {
        this.service = service;
        this.loss = loss;
        this.requestLoss = requestLoss;
        this.random = new Random(seed);
        this.server = vertx.createHttpServer()
                .requestHandler(this::pass)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void pass(HttpServerRequest request) {
        if (happens(requestLoss)) {
            request.connection().close();
            return;
        }
        request.body()
                .compose(body -> client.request(request.method(), service, "127.0.0.1", request.uri())
                        .compose(onward -> send(request, onward, body)))
                .compose(answer -> answer.body().onSuccess(body -> deliver(request, answer, body)))
                .onFailure(failure -> request.connection().close());
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest onward, Buffer body) {
        onward.putHeader("Content-Type", request.getHeader("Content-Type"));
        return onward.send(body);
    }

    private void deliver(HttpServerRequest request, HttpClientResponse answer, Buffer body) {
        if (happens(loss)) {
            lost.incrementAndGet();
            request.connection().close();
        } else if (happens(LATE)) {
            vertx.setTimer(LATE_MILLIS, timer -> end(request, answer, body));
        } else {
            end(request, answer, body);
        }
    }

    private static void end(HttpServerRequest request, HttpClientResponse answer, Buffer body) {
        answer.headers().forEach((name, value) -> request.response().putHeader(name, value));
        request.response().setStatusCode(answer.statusCode()).end(body);
    }

    private synchronized boolean happens(double share) {
        return random.nextDouble() < share;
    }
}
