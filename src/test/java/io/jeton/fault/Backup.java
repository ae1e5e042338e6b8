package io.jeton.fault;

import io.jeton.test.PostgresResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A database as it was at one instant, kept by PostgreSQL as a second database. */
record Backup(String database) {
    private static final String OBJECT_IN_USE = "55006";

    static Backup of(String database) throws SQLException {
        try (Connection connection = PostgresResource.server().connect("postgres");
                Statement statement = connection.createStatement()) {
            while (!isCopied(statement, database)) {
                // The service connects again at once: until nobody is in it for a moment.
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
            }
        }
        return new Backup(database);
    }

    /** Puts the copy in the place of what has become of the database. Whoever is connected is thrown out. */
    void restore() throws SQLException {
        try (Connection connection = PostgresResource.server().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + database + " with (force)");
            statement.execute("alter database " + database + "_backup rename to " + database);
        }
    }

    private static boolean isCopied(Statement statement, String database) throws SQLException {
        try {
            statement.execute("create database " + database + "_backup template " + database);
            return true;
        } catch (SQLException e) {
            if (OBJECT_IN_USE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
