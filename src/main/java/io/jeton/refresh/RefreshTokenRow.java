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
        String client,
        Optional<UUID> account,
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
        long statusIndex,
        Instant now) {

    boolean isExpired() {
        return !now.isBefore(expiresAt);
    }

    boolean covers(String requested) {
        return Scopes.of(scope).containsAll(Scopes.of(requested));
    }

    /** A token that is bound to a key needs it; one that is not may come with any. */
    boolean accepts(Optional<String> provenKey) {
        return keyThumbprint.isEmpty() || keyThumbprint.equals(provenKey);
    }

    /** @param clientProvesAKey whether the client authenticated by a key of its own */
    RefreshState state(boolean clientProvesAKey) {
        boolean senderConstrained = clientProvesAKey || keyThumbprint.isPresent();
        return new RefreshState(generation, confirmed, retries, issuedAt, senderConstrained);
    }
}
