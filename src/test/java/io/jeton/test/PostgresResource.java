package io.jeton.test;

import io.jeton.demo.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL for the tests: one server for each JVM, a fresh database for each run of the service. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private static final Path FOLDER =
            Path.of("target", "postgresql-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    private static @Nullable EmbeddedPostgres server;
    private static int databases;

    /** The server, started by whoever asks first and stopped with the JVM. */
    public static synchronized EmbeddedPostgres server() {
        if (server == null) {
            server = launch();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server().close()));
        }
        return server;
    }

    /** What the server has logged since it was started last. */
    public static Path log() {
        return FOLDER.resolve("postgresql.log");
    }

    /** Stops the server, does something, and starts the server again: same port, nothing lost. */
    public static synchronized void whileAway(Runnable action) {
        server().close();
        try {
            action.run();
        } finally {
            server = launch();
        }
    }

    /** Kills the server, as a machine's end would, and starts it again: same port, what was committed is there. */
    public static synchronized void crash() {
        ProcessHandle.of(server().pid()).ifPresent(ProcessHandle::destroyForcibly);
        server().close();
        server = launch();
    }

    /** An immediate shutdown, which tells nobody and finishes nothing, and a start: same port, what was committed is there. */
    public static synchronized void restartImmediately() {
        signal("QUIT", List.of(server().pid()));
        server().close();
        server = launch();
    }

    /** Every process of the server stands still while something is done. */
    public static synchronized void whilePaused(Runnable action) {
        List<Long> all = ProcessHandle.of(server().pid()).stream()
                .flatMap(master -> Stream.concat(Stream.of(master), master.descendants()))
                .map(ProcessHandle::pid)
                .toList();
        signal("STOP", all);
        try {
            action.run();
        } finally {
            signal("CONT", all);
        }
    }

    private static void signal(String name, List<Long> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(pid -> command.add(String.valueOf(pid)));
        try {
            int unused = new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedPostgres launch() {
        return EmbeddedPostgres.start(FOLDER, "fsync=off", "max_connections=200");
    }

    /** A new, empty database. */
    public static String createDatabase() {
        return createDatabase(server());
    }

    /** The same on another server. */
    public static synchronized String createDatabase(EmbeddedPostgres server) {
        String name = "jeton_" + ++databases;
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a service needs to know to run on a database of the server. */
    public static Map<String, String> settings(String database) {
        return settings(server(), database);
    }

    /** The same of another server. */
    public static Map<String, String> settings(EmbeddedPostgres server, String database) {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.reactive.url", server.reactiveUrl(database));
        settings.put("quarkus.datasource.jdbc.url", server.jdbcUrl(database));
        settings.put("quarkus.datasource.username", server.user());
        settings.put("quarkus.datasource.password", server.password());
        settings.put("jeton.keys.encryption-key", Base64.getEncoder().encodeToString(new byte[32]));
        settings.put("jeton.issuer", "http://localhost");
        // Thousands of tests are one address; LimitsTest has limits.
        settings.put("jeton.limits.enabled", "false");
        return settings;
    }

    @Override
    public Map<String, String> start() {
        String database = createDatabase();
        Database.use(database);
        Map<String, String> settings = settings(database);
        // Clients that nobody here wrote compare the issuer with the address they asked.
        int port = freePort();
        settings.put("quarkus.http.test-port", String.valueOf(port));
        settings.put("quarkus.http.port", String.valueOf(port));
        settings.put("jeton.issuer", "http://localhost:" + TwoReplicas.port(port));
        settings.putAll(TestClients.settings());
        // A packaged artifact has neither the tests' class path nor their profile.
        settings.putAll(thoseOfTheClassPath());
        settings.put("quarkus.management.port", "0");
        return settings;
    }

    private static Map<String, String> thoseOfTheClassPath() {
        Properties properties = new Properties();
        try (InputStream file =
                PostgresResource.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach((name, value) -> settings.put((String) name, (String) value));
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The server serves the whole JVM.
        TwoReplicas.stop();
    }
}
