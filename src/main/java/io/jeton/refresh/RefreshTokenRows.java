package io.jeton.refresh;

import io.jeton.database.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What is read of table {@code refresh_token}, called {@code t}. */
final class RefreshTokenRows {
    static final String COLUMNS = """
            t.id, t.client_id, t.account_id, t.device_id, t.scope, t.authenticated_at, t.key_thumbprint,
            t.unbound_generation, t.generation, t.confirmed, t.retries, t.issued_at, least(t.idle_expires_at, t.absolute_expires_at) as expires_at,
            t.revoked_at is not null as revoked, t.status_index, clock_timestamp() as read_at""";

    /** A refresh that succeeds is an active device's, and whether it was suspended before plays no part any more. */
    static final String ACTIVE = COLUMNS + ", 'ACTIVE' as device_state, null::timestamptz as device_state_at";

    private RefreshTokenRows() {}

    static Optional<RefreshTokenRow> first(RowSet<Row> rows) {
        return Rows.first(rows, RefreshTokenRows::row);
    }

    private static RefreshTokenRow row(Row row) {
        return new RefreshTokenRow(
                row.getUUID("id"),
                row.getString("client_id"),
                Optional.ofNullable(row.getUUID("account_id")),
                row.getUUID("device_id"),
                row.getString("scope"),
                row.getOffsetDateTime("authenticated_at").toInstant(),
                Optional.ofNullable(row.getString("key_thumbprint")),
                row.getInteger("unbound_generation"),
                row.getInteger("generation"),
                row.getInteger("confirmed"),
                row.getInteger("retries"),
                row.getOffsetDateTime("issued_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getBoolean("revoked"),
                row.getLong("status_index"),
                row.getOffsetDateTime("read_at").toInstant(),
                row.getString("device_state").equals("SUSPENDED"),
                Optional.ofNullable(row.getOffsetDateTime("device_state_at")).map(OffsetDateTime::toInstant));
    }
}
