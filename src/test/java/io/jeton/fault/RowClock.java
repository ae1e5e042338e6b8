package io.jeton.fault;

import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Turns the clock for single devices, by the instants of their rows; one connection, for one thread. */
final class RowClock implements AutoCloseable {
    private final Connection connection;

    RowClock() throws SQLException {
        connection = PostgresResource.server().connect(Database.name());
    }

    /** Time passes for one device. */
    void pass(VirtualDevice device, int seconds) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update refresh_token set issued_at = issued_at - make_interval(secs => ?) where id = ?")) {
            update.setDouble(1, seconds);
            update.setObject(2, RefreshTokenId.of(device.stored()));
            update.executeUpdate();
        }
    }

    /** Whether the row has moved on from what the device has: an answer was lost, and not just a request. */
    boolean isAhead(VirtualDevice device) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select generation from refresh_token where id = ?")) {
            UUID id = RefreshTokenId.of(device.stored());
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() && rows.getInt(1) > RefreshTokenId.generation(device.stored());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
