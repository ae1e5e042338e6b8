import io.jeton.demo.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Records the AOT cache of the JVM image: starts the service of the current folder on an embedded PostgreSQL, asks it what
 * devices and services ask, and ends it. {@code Training FOLDER JVM-FLAGS-FILE} leaves {@code FOLDER/jeton.aot}.
 */
final class Training {
    private static final int ROUNDS = 200;
    private static final String SECRET = "a-secret-of-the-recording-and-nothing-else";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String issuer;

    private Training(int port) {
        this.issuer = "http://127.0.0.1:" + port;
    }

    public static void main(String... arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        Path cache = folder.resolve("jeton.aot");
        int port = freePort();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgresql"), "fsync=off")) {
            try (Connection connection = postgres.connect("postgres"); Statement statement = connection.createStatement()) {
                statement.execute("create database training");
            }
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:AOTCacheOutput=" + cache,
                    "@" + arguments[1],
                    "-jar",
                    Path.of("quarkus-run.jar").toAbsolutePath().toString());
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(settings(postgres, port));
            Process service = builder.start();
            try {
                new Training(port).ask(service);
                service.destroy();
                if (!service.waitFor(5, TimeUnit.MINUTES) || !Files.exists(cache)) {
                    throw new IOException("the cache was not written");
                }
            } finally {
                service.destroyForcibly();
            }
        }
        System.out.println("The AOT cache has " + (Files.size(cache) >> 20) + " MiB.");
    }

    private static Map<String, String> settings(EmbeddedPostgres postgres, int port) {
        return Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", String.valueOf(port)),
                Map.entry("QUARKUS_MANAGEMENT_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_MANAGEMENT_PORT", "0"),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl("training")),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl("training")),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", postgres.user()),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", postgres.password()),
                Map.entry("JETON_ISSUER", "http://127.0.0.1:" + port),
                Map.entry("JETON_KEYS_ENCRYPTION_KEY", Base64.getEncoder().encodeToString(new byte[32])),
                Map.entry("JETON_LIMITS_ENABLED", "false"),
                Map.entry("JETON_CLIENTS__THERMOMETER__NAME", "Thermometer"),
                Map.entry("JETON_CLIENTS__THERMOMETER__SCOPES", "telemetry:write"),
                Map.entry("JETON_CLIENTS__SERVICE__NAME", "Service"),
                Map.entry("JETON_CLIENTS__SERVICE__SECRET", SECRET),
                Map.entry("JETON_CLIENTS__SERVICE__TOKEN_ENDPOINT_AUTH_METHOD", "client_secret_post"),
                Map.entry("JETON_CLIENTS__SERVICE__GRANT_TYPES", "client_credentials"),
                Map.entry("JETON_CLIENTS__SERVICE__SCOPES", "telemetry:read"));
    }

    private void ask(Process service) throws Exception {
        while (get("/jwks") != 200) {
            if (!service.isAlive()) {
                throw new IOException("the service does not start");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            seen = List.of(
                    post("/device_authorization", "client_id=thermometer&device_name=Kitchen"),
                    post("/token", "client_id=service&client_secret=" + SECRET + "&grant_type=client_credentials"),
                    post("/token", "client_id=thermometer&grant_type=refresh_token&refresh_token=jrt_unknown"),
                    get("/.well-known/openid-configuration"),
                    get("/device"),
                    get("/device/qr.svg?user_code=BCDF-GHJK"));
        }
        if (!seen.equals(List.of(200, 200, 400, 200, 200, 200))) {
            throw new IOException("it answers with " + seen);
        }
    }

    private int get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(issuer + path)));
    }

    private int post(String path, String form) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(issuer + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private int send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
