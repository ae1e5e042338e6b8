package io.jeton.bench;

import io.jeton.bench.load.ProcessTree;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on the processors that are set aside for servers. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String PROCESSORS = System.getenv().getOrDefault("BENCH_SERVER_CPUS", "0");

    private final Process process;
    private final Path folder;
    private final long began;

    private ServerProcess(Process process, Path folder, long began) {
        this.process = process;
        this.folder = folder;
        this.began = began;
    }

    static ServerProcess start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        // The kernel ends it when the benchmark is killed.
        List<String> all = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "taskset", "-c", PROCESSORS));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        return new ServerProcess(builder.start(), folder, began);
    }

    /** The first 200 of a URL, counted from the start of the process. */
    Duration awaitOk(String url) throws IOException, InterruptedException {
        while (!answersOk(url)) {
            if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException("it does not start, see " + folder.resolve("log"));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    ProcessTree processes() {
        return new ProcessTree(process.pid());
    }

    /** Asks it to end, and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answersOk(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
