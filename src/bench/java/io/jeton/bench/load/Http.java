package io.jeton.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Plain HTTP/1.1 on kept connections and one thread, so that the driver takes little from what it measures. */
public final class Http implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client;

    /** @param connections as many requests are under way at once */
    public Http(int connections) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(5_000), new PoolOptions().setHttp1MaxSize(connections));
    }

    Vertx vertx() {
        return vertx;
    }

    Future<Answer> get(String url) {
        return send(HttpMethod.GET, url, Map.of(), Buffer.buffer());
    }

    /** Posts a form: {@code name, value, name, value …}. */
    Future<Answer> post(String url, Map<String, String> headers, String... parameters) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(parameters[i]).append('=').append(encode(parameters[i + 1]));
        }
        return send(HttpMethod.POST, url, headers, Buffer.buffer(form.toString()));
    }

    /** {@code Authorization: Basic} (RFC 6749 §2.3.1). */
    static Map<String, String> basic(String clientId, String secret) {
        String pair = encode(clientId) + ":" + encode(secret);
        return Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** The answer, awaited by a thread that may wait. */
    static <T> T await(Future<T> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UnexpectedAnswer unexpected ? unexpected : e;
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Future<Answer> send(HttpMethod method, String url, Map<String, String> headers, Buffer form) {
        RequestOptions options = new RequestOptions().setMethod(method).setAbsoluteURI(url);
        headers.forEach(options::putHeader);
        if (method == HttpMethod.POST) {
            options.putHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        return client.request(options).compose(request -> answer(request, form));
    }

    private static Future<Answer> answer(HttpClientRequest request, Buffer form) {
        return request.send(form).compose(response -> response.body()
                .map(body -> Answer.of(response.statusCode(), response.statusMessage(), response.headers(), body)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String describe(Map<String, Integer> errors) {
        return errors.entrySet().stream()
                .map(error -> error.getValue() + " × " + error.getKey())
                .collect(Collectors.joining(", "));
    }
}
