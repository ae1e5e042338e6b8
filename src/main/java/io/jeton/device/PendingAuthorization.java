package io.jeton.device;

import io.jeton.protocol.Scopes;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.UUID;

/**
 * A request that waits for a person.
 *
 * @param requestedFrom the address the device asked from
 * @param age how long ago it asked
 */
record PendingAuthorization(
        UUID id, String clientId, Scopes scopes, DeviceClaims claims, String requestedFrom, Duration age) {
    static PendingAuthorization of(Row row) {
        return new PendingAuthorization(
                row.getUUID("id"),
                row.getString("client_id"),
                Scopes.of(row.getString("scope")),
                DeviceClaims.of(row),
                row.getString("requested_from"),
                Duration.ofSeconds(row.getLong("age_seconds")));
    }
}
