package io.jeton.bench;

import io.jeton.bench.load.ProcessTree;
import io.jeton.demo.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** The PostgreSQL of a benchmark: durable ({@code fsync} on), with memory enough for what it holds. */
final class Postgres implements AutoCloseable {
    private static final Stream<String> SETTINGS =
            Stream.of("max_connections=200", "shared_buffers=1GB", "max_wal_size=4GB", "track_wal_io_timing=off");
    private static final String MORE = System.getenv().getOrDefault("BENCH_POSTGRES", "");

    private final EmbeddedPostgres server = EmbeddedPostgres.start(
            Path.of("target", "bench", "postgresql"),
            Stream.concat(SETTINGS, Stream.of(MORE.split(",", -1)).filter(setting -> !setting.isEmpty()))
                    .toArray(String[]::new));

    /** An empty database. */
    void create(String database) throws SQLException {
        execute("postgres", "drop database if exists " + database + " with (force)");
        execute("postgres", "create database " + database);
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    long number(String database, String query) throws SQLException {
        return Long.parseLong(text(database, query));
    }

    String text(String database, String query) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    EmbeddedPostgres server() {
        return server;
    }

    ProcessTree processes() {
        return new ProcessTree(server.pid());
    }

    @Override
    public void close() {
        server.close();
    }
}
