package io.jeton.bench;

import io.jeton.bench.load.ProcessTree;
import io.jeton.bench.load.Provider;
import io.jeton.bench.load.Target;
import io.jeton.conformance.Person;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The packaged service. */
final class Jeton implements Served {
    static final Path FAST_JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    static final List<String> FLAGS = List.of(
            "-Xmx48m",
            "-XX:+UseSerialGC",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TrimNativeHeapInterval=5000");
    static final byte[] KEK = new byte[32];
    static final String DEVICE = "thermometer";
    static final String LISTED_DEVICE = "listed-thermometer";

    private static final List<String> UNLIMITED = List.of(
            "device-authorization-per-address",
            "device-authorization-per-client",
            "tokens-per-client",
            "forms-per-address",
            "forms-per-account");
    private static final String SECRET = "a-secret-of-a-benchmark-and-nothing-else";
    private static final String AUDIENCE = "https://api.example.com";
    private static final String PASSWORD = "correct horse battery";

    private final ServerProcess process;
    private final String issuer;
    private final Duration started;

    private Jeton(ServerProcess process, String issuer, Duration started) {
        this.process = process;
        this.issuer = issuer;
        this.started = started;
    }

    static Jeton start(Postgres postgres, String database) throws IOException, InterruptedException {
        return start(postgres, database, FAST_JAR, FLAGS);
    }

    /** @param flags of the JVM */
    static Jeton start(Postgres postgres, String database, Path jar, List<String> flags)
            throws IOException, InterruptedException {
        return start(postgres, database, command(jar, flags), Map.of("jeton.accounts.alice.password", PASSWORD));
    }

    /** With nobody declared by a password, as in production: each would cost the start a hash. */
    static Jeton startForNobody(Postgres postgres, String database, List<String> command)
            throws IOException, InterruptedException {
        return start(postgres, database, command, Map.of());
    }

    static List<String> command(Path jar, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(FasterCrypto.run(jar.toAbsolutePath(), folder()));
        return command;
    }

    /** @param command that runs the service, whatever it is packaged as */
    private static Jeton start(Postgres postgres, String database, List<String> command, Map<String, String> accounts)
            throws IOException, InterruptedException {
        Path folder = folder();
        int port = ServerProcess.freePort();
        String issuer = "http://127.0.0.1:" + port;
        try (OutputStream file = Files.newOutputStream(folder.resolve("config/application.properties"))) {
            Properties settings = settings(postgres, database, port);
            settings.putAll(accounts);
            settings.store(file, null);
        }
        ServerProcess process = ServerProcess.start(folder, Map.of("MALLOC_ARENA_MAX", "2"), command);
        return new Jeton(process, issuer, process.awaitOk(issuer + "/jwks"));
    }

    private static Path folder() throws IOException {
        Path folder = Path.of("target", "bench", "jeton").toAbsolutePath();
        Files.createDirectories(folder.resolve("config"));
        return folder;
    }

    private static Properties settings(Postgres postgres, String database, int port) {
        Properties settings = new Properties();
        // An earlier build does not know them all.
        settings.setProperty("smallrye.config.mapping.validate-unknown", "false");
        settings.setProperty("quarkus.http.host", "127.0.0.1");
        settings.setProperty("quarkus.http.port", String.valueOf(port));
        settings.setProperty("quarkus.management.host", "127.0.0.1");
        settings.setProperty("quarkus.management.port", "0");
        settings.setProperty(
                "quarkus.datasource.reactive.url", postgres.server().reactiveUrl(database));
        settings.setProperty("quarkus.datasource.jdbc.url", postgres.server().jdbcUrl(database));
        settings.setProperty("quarkus.datasource.username", postgres.server().user());
        settings.setProperty("quarkus.datasource.password", postgres.server().password());
        settings.setProperty("jeton.keys.encryption-key", Base64.getEncoder().encodeToString(KEK));
        settings.setProperty("jeton.issuer", "http://127.0.0.1:" + port);
        // The whole load is one address, one account and one service. What a refresh meets stays as it is.
        for (String bucket : UNLIMITED) {
            settings.setProperty("jeton.limits." + bucket + ".burst", "0");
        }
        for (String device : List.of(DEVICE, LISTED_DEVICE)) {
            settings.setProperty("jeton.clients." + device + ".name", "Thermometer");
            settings.setProperty("jeton.clients." + device + ".scopes", "telemetry:write");
            settings.setProperty("jeton.clients." + device + ".audience", AUDIENCE);
        }
        settings.setProperty("jeton.clients." + LISTED_DEVICE + ".status-list", "true");
        settings.setProperty("jeton.clients.service.name", "Service");
        settings.setProperty("jeton.clients.service.secret", SECRET);
        settings.setProperty("jeton.clients.service.token-endpoint-auth-method", "client_secret_basic");
        settings.setProperty("jeton.clients.service.grant-types", "client_credentials");
        settings.setProperty("jeton.clients.service.scopes", "telemetry:read");
        settings.setProperty("jeton.clients.service.answers-for", AUDIENCE);
        return settings;
    }

    /** From the start of the process to its first 200. */
    Duration started() {
        return started;
    }

    String url(String path) {
        return issuer + path;
    }

    @Override
    public String name() {
        return FasterCrypto.isOn() ? "Jeton with ACCP" : "Jeton";
    }

    @Override
    public Target target() {
        return target(DEVICE);
    }

    Target target(String device) {
        return new Target(
                Provider.discover(issuer),
                device,
                new Target.Service("service", SECRET),
                "telemetry:write",
                code -> new Person("alice", PASSWORD).approve(code));
    }

    @Override
    public ProcessTree process() {
        return process.processes();
    }

    @Override
    public void close() {
        process.close();
    }
}
