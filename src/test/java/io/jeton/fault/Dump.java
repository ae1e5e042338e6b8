package io.jeton.fault;

import io.jeton.demo.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What {@code pg_dump} wrote, and {@code pg_restore} reads, as {@code src/docs/guides/backup.md} says. */
record Dump(InstalledPostgres installed, EmbeddedPostgres server, String database, Path file) implements Backup {

    static Dump of(InstalledPostgres installed, Replicas replicas) throws Exception {
        Path file = Files.createTempDirectory(Path.of("target"), "dump-").resolve("jeton.dump");
        Dump dump = new Dump(installed, replicas.server(), replicas.database(), file);
        dump.run("pg_dump", dump.database, "--format=custom", "--file=" + file);
        return dump;
    }

    /** Under another name, until it is whole: a device that met a table without its rows would be told that it is unknown. */
    @Override
    public void restore() throws Exception {
        String restored = database + "_restored";
        execute("drop database " + database + " with (force)");
        execute("create database " + restored);
        run("pg_restore", restored, "--exit-on-error", "--single-transaction", file.toString());
        execute("alter database " + restored + " rename to " + database);
    }

    private void run(String program, String into, String... arguments) throws Exception {
        installed.run(server, program, into, arguments);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
