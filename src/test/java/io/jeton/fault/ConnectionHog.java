package io.jeton.fault;

import io.jeton.test.PostgresResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A client that takes every connection PostgreSQL has, the ones of the service included, and gives them back at its end. */
final class ConnectionHog implements AutoCloseable {
    private final List<Connection> taken = new ArrayList<>();

    /** @param victim the database whose clients lose their connections */
    ConnectionHog(String victim) throws SQLException {
        takeAll();
        try (Statement statement = taken.get(0).createStatement()) {
            // Whoever comes first has what is freed: again, until the service has nothing.
            while (terminated(statement, victim)) {
                takeAll();
            }
        }
    }

    private static boolean terminated(Statement statement, String victim) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '" + victim + "'")) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    private void takeAll() {
        while (true) {
            try {
                taken.add(PostgresResource.server().connect("postgres"));
            } catch (SQLException e) {
                return;
            }
        }
    }

    int taken() {
        return taken.size();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : taken) {
            connection.close();
        }
    }
}
