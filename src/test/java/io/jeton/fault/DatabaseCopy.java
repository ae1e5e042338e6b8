package io.jeton.fault;

import io.jeton.demo.EmbeddedPostgres;
import io.jeton.test.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A second database within the server: PostgreSQL makes it by itself, while nobody is let into the first. */
record DatabaseCopy(EmbeddedPostgres server, String database) implements Backup {
    private static final String OBJECT_IN_USE = "55006";

    static DatabaseCopy of(Replicas replicas) throws Exception {
        DatabaseCopy copy = new DatabaseCopy(replicas.server(), replicas.database());
        try (Connection connection = copy.server.connect("postgres");
                Statement statement = connection.createStatement()) {
            copy.letIn(statement, false);
            try {
                Eventually.holds(() -> {
                    copy.throwOut(statement);
                    return copy.isMade(statement);
                });
            } finally {
                copy.letIn(statement, true);
            }
        }
        return copy;
    }

    @Override
    public void restore() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + database + " with (force)");
            statement.execute("alter database " + database + "_copy rename to " + database);
        }
    }

    private void letIn(Statement statement, boolean allowed) throws SQLException {
        statement.execute("alter database " + database + " allow_connections " + allowed);
    }

    private void throwOut(Statement statement) throws SQLException {
        statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
    }

    private boolean isMade(Statement statement) throws SQLException {
        try {
            statement.execute("create database " + database + "_copy template " + database);
            return true;
        } catch (SQLException e) {
            if (OBJECT_IN_USE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
