package io.jeton.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server in a folder: real programs, durable settings, loopback only, its password in a file that only the
 * owner can read. What was committed survives a restart and a {@code kill -9} of either process.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String USER = "jeton";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path binaries;
    private final FileLock lock;
    private final String password;
    private final int port;
    private final Process process;

    private EmbeddedPostgres(Path folder, @Nullable Path programs, List<String> settings)
            throws IOException, InterruptedException {
        Folders.create(folder);
        this.folder = folder;
        this.lock = lock(folder);
        this.binaries = programs == null ? PostgresBinaries.unpack(folder) : programs;
        this.password = Folders.secret(folder.resolve("password"), () -> UUID.randomUUID() + "" + UUID.randomUUID());
        initialise();
        endOrphan();
        this.port = port();
        this.process = launch(settings);
        awaitConnections();
    }

    /**
     * Starts the server of a folder, which is made where it does not exist.
     *
     * @param settings further server settings, {@code name=value}
     * @throws UncheckedIOException with a readable message where it cannot start
     */
    public static EmbeddedPostgres start(Path folder, String... settings) {
        return start(folder, null, List.of(settings));
    }

    /**
     * The same with the programs of an installed PostgreSQL instead of those of the class path: another version, or one
     * that comes with the tools that belong to it.
     *
     * @param programs the folder of {@code initdb} and {@code postgres}; always the same one for one folder
     */
    public static EmbeddedPostgres start(Path folder, Path programs, String... settings) {
        return start(folder, programs, List.of(settings));
    }

    private static EmbeddedPostgres start(Path folder, @Nullable Path programs, List<String> settings) {
        try {
            return new EmbeddedPostgres(folder.toAbsolutePath(), programs, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    /** Where the server of a folder listens, and how it is entered, if it runs. */
    static Optional<PostgresAddress> running(Path folder) throws IOException {
        Path port = folder.resolve("port");
        Path password = folder.resolve("password");
        if (!Files.isReadable(port) || !Files.isReadable(password)) {
            return Optional.empty();
        }
        int number = Integer.parseInt(Files.readString(port).strip());
        return free(number).isPresent()
                ? Optional.empty()
                : Optional.of(new PostgresAddress(
                        number, USER, Files.readString(password).strip()));
    }

    PostgresAddress address() {
        return new PostgresAddress(port, USER, password);
    }

    public String jdbcUrl(String database) {
        return address().jdbcUrl(database);
    }

    public String reactiveUrl(String database) {
        return address().reactiveUrl(database);
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** The server's process id. */
    public long pid() {
        return process.pid();
    }

    /** A connection to a database of the server. */
    public Connection connect(String database) throws SQLException {
        Properties credentials = new Properties();
        credentials.setProperty("user", USER);
        credentials.setProperty("password", password);
        // Not DriverManager: it knows the drivers of the first class loader that asked, and dev mode has many.
        for (Driver driver : ServiceLoader.load(Driver.class, EmbeddedPostgres.class.getClassLoader())) {
            Connection connection = driver.connect(jdbcUrl(database), credentials);
            if (connection != null) {
                return connection;
            }
        }
        throw new SQLException("the class path has no PostgreSQL driver");
    }

    /** Stops the server: what runs is rolled back, what is committed is on disk. */
    @Override
    public void close() {
        interrupt(process.toHandle());
        await(() -> !process.isAlive());
        if (process.isAlive()) {
            process.destroyForcibly();
        }
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileLock lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException("another Jeton uses " + folder + ": stop it, or set JETON_DEMO_DATA_DIR");
        }
        return lock;
    }

    private void initialise() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        if (Files.exists(data)) {
            return;
        }
        Path partial = folder.resolve("data.partial");
        Folders.delete(partial);
        Launch.run(
                folder.resolve("initdb.log"),
                List.of(
                        program("initdb"),
                        "--pgdata=" + partial,
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + folder.resolve("password"),
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-instructions"));
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** We hold the folder's lock, so a server that still runs in it lost its master. */
    private void endOrphan() throws IOException {
        Path pidFile = folder.resolve("data/postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        Optional<ProcessHandle> orphan = ProcessHandle.of(pid).filter(this::isOurServer);
        orphan.ifPresent(EmbeddedPostgres::interrupt);
        await(() -> orphan.filter(ProcessHandle::isAlive).isEmpty());
    }

    private boolean isOurServer(ProcessHandle candidate) {
        return candidate.info().command().filter(program("postgres")::equals).isPresent();
    }

    private int port() throws IOException {
        Path file = folder.resolve("port");
        int wanted =
                Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        int port = free(wanted).or(() -> free(0)).orElseThrow(() -> new IOException("no port is free"));
        Files.writeString(file, String.valueOf(port));
        return port;
    }

    private static Optional<Integer> free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Process launch(List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(program("postgres"), "-D", folder.resolve("data").toString()));
        command.addAll(List.of("-p", String.valueOf(port)));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        CompletableFuture<Process> launched = new CompletableFuture<>();
        // The kernel ends the server when the thread that started it ends: this one lasts as long as the server.
        Thread keeper = new Thread(
                () -> {
                    try {
                        Process server = Launch.server(folder.resolve("postgresql.log"), command);
                        launched.complete(server);
                        int unused = server.waitFor();
                    } catch (IOException | InterruptedException e) {
                        launched.completeExceptionally(e);
                    }
                },
                "embedded-postgresql");
        keeper.setDaemon(true);
        keeper.start();
        return launched.join();
    }

    private void awaitConnections() throws IOException {
        await(() -> !process.isAlive() || answers());
        if (!process.isAlive() || !answers()) {
            process.destroyForcibly();
            throw new IOException(Launch.failure(program("postgres"), folder.resolve("postgresql.log")));
        }
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String program(String name) {
        return binaries.resolve(name).toString();
    }

    /** SIGINT is PostgreSQL's fast shutdown; Java itself can send only the one that waits for every client. */
    private static void interrupt(ProcessHandle server) {
        try {
            Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(server.pid())).start();
            if (!kill.waitFor(5, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            boolean unused = server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
