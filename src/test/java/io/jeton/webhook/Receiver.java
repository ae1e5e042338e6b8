package io.jeton.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Listens for what is pushed, on several paths, and answers as each path was told to; 202 where nothing was said. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Queue<Integer>> answers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    /** A request as it came. */
    record Received(String path, String contentType, String accept, String authorization, String body) {}

    /** What is asked where an answer takes its time or its room. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::receive);
        server.start();
    }

    void answer(String path, Integer... statuses) {
        answers.put(path, new ArrayDeque<>(List.of(statuses)));
    }

    void behave(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
    }

    List<Received> at(String path) {
        return received.stream().filter(request -> request.path().equals(path)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            received.add(new Received(
                    path,
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Accept"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body));
            if (behaviours.containsKey(path)) {
                behaviours.get(path).answer(exchange);
                return;
            }
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            byte[] error = "{\"err\":\"invalid_key\",\"description\":\"x\"}".getBytes(StandardCharsets.US_ASCII);
            int status = next(path);
            exchange.sendResponseHeaders(status, status == 400 ? error.length : -1);
            if (status == 400) {
                exchange.getResponseBody().write(error);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int next(String path) {
        Queue<Integer> script = answers.getOrDefault(path, new ArrayDeque<>());
        synchronized (script) {
            Integer status = script.poll();
            return status == null ? 202 : status;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
