package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The packaged service with the environment and the files that its pod would have, and nothing else. */
final class Pod implements AutoCloseable {
    private static final Path BASE = Path.of("k8s", "base");
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder =
            Path.of("target", "k8s", "pod-" + System.nanoTime()).toAbsolutePath();
    private final Map<String, String> environment = new TreeMap<>();
    private final int port = freePort();
    private final int managementPort = freePort();
    private Process process;

    Pod() throws IOException {
        for (String mounted : List.of("config", "declarations", "keys", "secrets", "postgres", "tmp")) {
            Files.createDirectories(folder.resolve(mounted));
        }
        mount("config", BASE.resolve("config/base.properties"));
        mount("declarations", BASE.resolve("config/declarations.yaml"));
        write("keys/key", Base64.getEncoder().encodeToString(new byte[32]));
        write("keys/previous", "");
    }

    /** Puts a file where the pod finds it; whatever names it by its place in the pod is changed to name it by ours. */
    Pod mount(String where, Path file) throws IOException {
        Files.writeString(folder.resolve(where).resolve(file.getFileName()), here(Files.readString(file)));
        return this;
    }

    Pod write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
        return this;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Starts it with the variables of the Deployment.
     *
     * @param secrets the values of variables that come from Secrets
     * @param others what is different here: system properties, which win over files and variables
     */
    Pod start(Map<String, String> secrets, Map<String, String> others) throws IOException {
        JsonNode deployment =
                new YAMLMapper().readTree(BASE.resolve("deployment.yaml").toFile());
        for (JsonNode variable : deployment.at("/spec/template/spec/containers/0/env")) {
            String name = variable.path("name").asText();
            String value = variable.has("value") ? here(variable.path("value").asText()) : secrets.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("KUBERNETES_SERVICE_HOST", "192.0.2.1");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        others.forEach((property, value) -> command.add("-D" + property + "=" + value));
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.addAll(List.of("-Xmx256m", "-jar", JAR.toAbsolutePath().toString()));
        ProcessBuilder java = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        java.environment().clear();
        java.environment().putAll(environment);
        process = java.start();
        return this;
    }

    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!probe("ready")) {
            assertTrue(process.isAlive() && System.nanoTime() < end, this::log);
            Thread.sleep(100);
        }
    }

    Process process() {
        return process;
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Whether a probe of the Deployment would be content. */
    boolean probe(String name) throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/" + name)))
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    static HttpRequest.Builder form(HttpRequest.Builder request, String form) {
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private String here(String text) {
        return text.replace("/etc/jeton", folder.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
