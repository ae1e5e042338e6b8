package io.jeton.device;

import io.jeton.protocol.Scopes;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A code that was redeemed, by this request or before it.
 *
 * @param device the device it was for, once that is known
 * @param repeatable whether it was redeemed so lately that the answer may just have been lost, by those who may still act
 */
record ConsumedAuthorization(
        Scopes scopes,
        DeviceClaims claims,
        String requestedFrom,
        UUID account,
        Instant authenticatedAt,
        Optional<UUID> device,
        Optional<UUID> refreshToken,
        boolean repeatable) {

    static ConsumedAuthorization of(Row row) {
        return new ConsumedAuthorization(
                Scopes.of(row.getString("scope")),
                DeviceClaims.of(row),
                row.getString("requested_from"),
                row.getUUID("account_id"),
                row.getOffsetDateTime("authenticated_at").toInstant(),
                Optional.ofNullable(row.getUUID("device_id")),
                Optional.ofNullable(row.getUUID("refresh_token_id")),
                row.getBoolean("repeatable"));
    }
}
