package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, which can be killed and started again. */
final class Replica implements AutoCloseable {
    private static final Path SERVICE = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final String name;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private Replica(Path folder, String name, int port, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.name = name;
        this.port = port;
        this.environment = environment;
        this.process = launch();
    }

    /**
     * Starts a replica; {@link #awaitReady} waits for it.
     *
     * @param environment variables that it gets beside ours
     */
    static Replica launch(String name, Map<String, String> settings, Map<String, String> environment)
            throws IOException {
        Path folder = Path.of("target", "faults", "replicas", name + "-" + System.nanoTime());
        Files.createDirectories(folder.resolve("config"));
        int port = freePort();
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("quarkus.http.host", "127.0.0.1");
        properties.setProperty("quarkus.http.port", String.valueOf(port));
        properties.setProperty("quarkus.management.host", "127.0.0.1");
        properties.setProperty("quarkus.management.port", "0");
        properties.setProperty("quarkus.datasource.reactive.additional-properties.application_name", name);
        try (OutputStream file = Files.newOutputStream(folder.resolve("config/application.properties"))) {
            properties.store(file, null);
        }
        return new Replica(folder, name, port, environment);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: whatever it does ends in the middle. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    /** Starts it again: same port, same settings. */
    void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    void restartIfKilled() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            restart();
        }
    }

    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            assertTrue(process.isAlive() && System.nanoTime() < end, () -> "does not start: see " + folder);
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return Wire.get(port, "/jwks").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Process launch() throws IOException {
        // The kernel ends it when the tests are killed. The environment is for the service alone, not for setpriv.
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "env"));
        environment.forEach((variable, value) -> command.add(variable + "=" + value));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-jar", SERVICE.toAbsolutePath().toString()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
