package io.jeton.device;

import io.jeton.protocol.Scopes;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A code that was redeemed, by this request or before it.
 *
 * @param recent whether that was so lately that its answer may just have been lost
 */
record ConsumedAuthorization(
        Scopes scopes,
        DeviceClaims claims,
        String requestedFrom,
        UUID account,
        Instant authenticatedAt,
        Optional<UUID> refreshToken,
        boolean recent) {

    static ConsumedAuthorization of(Row row) {
        return new ConsumedAuthorization(
                Scopes.of(row.getString("scope")),
                DeviceAuthorizationRepository.claims(row),
                row.getString("requested_from"),
                row.getUUID("account_id"),
                row.getOffsetDateTime("authenticated_at").toInstant(),
                Optional.ofNullable(row.getUUID("refresh_token_id")),
                row.getBoolean("recent"));
    }
}
