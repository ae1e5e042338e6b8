package io.jeton.test;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, which can be killed and started again. */
public final class Replica implements AutoCloseable {
    /** What is packaged here. */
    public static final Path SERVICE = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path service;
    private final Path folder;
    private final String name;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private Replica(Path service, Path folder, int port, Map<String, String> environment) throws IOException {
        this.service = service.toAbsolutePath();
        this.folder = folder;
        this.name = folder.getFileName().toString().replaceFirst("-\\d+$", "");
        this.port = port;
        this.environment = environment;
        this.process = launch();
    }

    /**
     * Starts a replica; {@link #awaitReady} waits for it.
     *
     * @param environment variables that it gets beside ours
     */
    public static Replica launch(String name, Map<String, String> settings, Map<String, String> environment)
            throws IOException {
        return launch(SERVICE, name, settings, environment);
    }

    /** The same of another version. */
    public static Replica launch(
            Path service, String name, Map<String, String> settings, Map<String, String> environment)
            throws IOException {
        Path folder = Path.of("target", "replicas", name + "-" + System.nanoTime());
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
        return new Replica(service, folder, port, environment);
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL: whatever it does ends in the middle. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    /** SIGTERM: it says that it will end, answers what is under way, and ends. */
    public void stop() {
        process.destroy();
    }

    public void awaitEnd() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** What it has logged. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Starts it again: same port, same settings. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    public void restartIfKilled() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            restart();
        }
    }

    public void awaitReady() throws IOException, InterruptedException {
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
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/jwks"))
                    .timeout(PATIENCE)
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private Process launch() throws IOException {
        // The kernel ends it when the tests are killed. The environment is for the service alone, not for setpriv.
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "env"));
        environment.forEach((variable, value) -> command.add(variable + "=" + value));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-jar", service.toString()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
