package io.jeton.refresh;

import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of table {@code refresh_token}, as far as a refresh needs it.
 *
 * @param expiresAt the earlier of idle and absolute expiry
 */
record RefreshTokenRow(
        UUID id,
        UUID account,
        UUID device,
        String scope,
        Instant authenticatedAt,
        Optional<String> keyThumbprint,
        int generation,
        int confirmed,
        int retries,
        Instant issuedAt,
        Instant expiresAt,
        boolean revoked,
        Instant now) {

    boolean isExpired() {
        return !now.isBefore(expiresAt);
    }

    boolean covers(String requested) {
        return Scopes.of(scope).containsAll(Scopes.of(requested));
    }

    RefreshState state(Optional<String> provenKey) {
        return new RefreshState(
                generation, confirmed, retries, issuedAt, keyThumbprint.isPresent() && keyThumbprint.equals(provenKey));
    }
}
