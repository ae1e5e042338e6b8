package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Replica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A verifier that reads the key set and the metadata all the time, from the first replica that answers. */
final class PublicDocuments implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final List<Integer> ports;
    private final CompletableFuture<Void> reading;
    private volatile boolean stopped;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Duration slowest = Duration.ZERO;

    private PublicDocuments(List<Integer> ports) {
        this.ports = ports;
        this.reading = CompletableFuture.runAsync(this::read);
    }

    static PublicDocuments watched(List<Replica> replicas) {
        return new PublicDocuments(replicas.stream().map(Replica::port).toList());
    }

    /** Those of the one service that is there. */
    static PublicDocuments watched(int port) {
        return new PublicDocuments(List.of(port));
    }

    int reads() {
        return reads.get();
    }

    /** How often a replica gave no answer and the next one was asked: for as long as it is killed, and never else. */
    int failures() {
        return failures.get();
    }

    Duration slowest() {
        return slowest;
    }

    /** Stops, and fails where a replica did not answer once, though none was killed. */
    void stopUnfailed() throws Exception {
        stop();
        assertEquals(0, failures.get(), "attempts without an answer");
    }

    /** Stops, and fails where they were missing once at all replicas. */
    void stop() throws Exception {
        stopped = true;
        reading.get(30, TimeUnit.SECONDS);
        assertTrue(reads.get() > 0, "nothing was read");
        assertTrue(slowest.compareTo(LONGEST) < 0, () -> "the slowest answer took " + slowest);
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void read() {
        try {
            while (!stopped) {
                JsonObject keys = document("/jwks");
                assertTrue(keys.getJsonArray("keys").size() >= 3, keys::encode);
                assertTrue(document("/.well-known/openid-configuration").containsKey("jwks_uri"));
                reads.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonObject document(String path) throws InterruptedException {
        for (int port : ports) {
            try {
                long from = System.nanoTime();
                HttpResponse<String> answer = Wire.get(port, path);
                assertTrue(answer.statusCode() == 200, () -> path + ": " + answer.statusCode());
                Duration took = Duration.ofNanos(System.nanoTime() - from);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                return new JsonObject(answer.body());
            } catch (IOException e) {
                // Killed: the next one is there.
                failures.incrementAndGet();
            }
        }
        throw new AssertionError("nobody serves " + path);
    }
}
