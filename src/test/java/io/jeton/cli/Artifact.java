package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.test.PostgresResource;
import io.jeton.test.TestClients;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The packaged artifact in a folder with its configuration: a service, and commands beside it. */
final class Artifact implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder = Path.of("target", "cli", "artifact-" + System.nanoTime());
    private final Map<String, String> settings;
    private final int port = freePort();
    private Process service;

    /** How a command ended. */
    record Ended(int code, String output, String complaints) {
        JsonNode json() throws IOException {
            return JSON.readTree(output);
        }
    }

    Artifact(String database) throws IOException {
        settings = new HashMap<>(PostgresResource.settings(database));
        settings.putAll(TestClients.settings());
        settings.put("jeton.issuer", "http://localhost:" + port);
        settings.remove("jeton.limits.enabled");
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", String.valueOf(port));
        settings.put("quarkus.management.host", "127.0.0.1");
        settings.put("quarkus.management.port", "0");
        Files.createDirectories(folder.resolve("config"));
        Properties properties = new Properties();
        properties.putAll(settings);
        try (OutputStream file = Files.newOutputStream(folder.resolve("config/application.properties"))) {
            properties.store(file, null);
        }
    }

    int port() {
        return port;
    }

    Artifact serve() throws IOException, InterruptedException {
        service = java(Map.of(), List.of())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answers()) {
            assertTrue(service.isAlive() && System.nanoTime() < end, () -> "does not start: see " + folder);
            Thread.sleep(50);
        }
        return this;
    }

    Ended run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), "", command);
    }

    /**
     * Runs a command to its end.
     *
     * @param others settings that are different for it
     * @param input what it finds on its standard input
     */
    Ended run(Map<String, String> others, String input, String... command) throws IOException, InterruptedException {
        return run(others, input, Files.createTempFile(folder, "output", ""), command);
    }

    /** Runs a command whose answers go where nobody reads them. */
    Ended runInto(Path nowhere, String... command) throws IOException, InterruptedException {
        return run(Map.of(), "", nowhere, command);
    }

    private Ended run(Map<String, String> others, String input, Path output, String... command)
            throws IOException, InterruptedException {
        Path complaints = Files.createTempFile(folder, "complaints", "");
        Process process = java(others, List.of(command))
                .redirectOutput(output.toFile())
                .redirectError(complaints.toFile())
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> "it does not end: " + String.join(" ", command));
        return new Ended(
                process.exitValue(),
                Files.isRegularFile(output) ? Files.readString(output) : "",
                Files.readString(complaints));
    }

    String get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        if (service != null) {
            service.destroyForcibly();
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/jwks").contains("keys");
        } catch (IOException e) {
            return false;
        }
    }

    private ProcessBuilder java(Map<String, String> others, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        others.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-Xmx256m", "-jar", JAR.toAbsolutePath().toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
