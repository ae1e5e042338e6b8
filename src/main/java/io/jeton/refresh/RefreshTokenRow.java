package io.jeton.refresh;

import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of table {@code refresh_token}, as far as a refresh needs it.
 *
 * @param unboundGeneration the last generation that was issued before the key was shown; zero where it was shown at once
 * @param expiresAt the earlier of idle and absolute expiry
 * @param suspended whether the device is
 * @param deviceStateAt when the device was suspended or resumed last, if ever
 */
record RefreshTokenRow(
        UUID id,
        String client,
        Optional<UUID> account,
        UUID device,
        String scope,
        Instant authenticatedAt,
        Optional<String> keyThumbprint,
        int unboundGeneration,
        int generation,
        int confirmed,
        int retries,
        Instant issuedAt,
        Instant expiresAt,
        boolean revoked,
        long statusIndex,
        Instant now,
        boolean suspended,
        Optional<Instant> deviceStateAt) {

    boolean isExpired() {
        return !now.isBefore(expiresAt);
    }

    boolean covers(String requested) {
        return Scopes.of(scope).containsAll(Scopes.of(requested));
    }

    /** Whether nothing is left of what was granted; where nothing was, nothing is missing. */
    boolean isLost(Scopes registered) {
        Scopes granted = Scopes.of(scope);
        return !granted.isEmpty() && granted.filter(registered::contains).isEmpty();
    }

    /** A token that is bound to a key needs it; one that is not may come with any. */
    boolean accepts(Optional<String> provenKey) {
        return keyThumbprint.isEmpty() || keyThumbprint.equals(provenKey);
    }

    /** Whether a token is from the time before the key: its successors came with it, so its owner has it. */
    boolean isFromBeforeTheKey(int presented) {
        return presented <= unboundGeneration;
    }

    /** @param clientProvesAKey whether the client authenticated by a key of its own */
    RefreshState state(boolean clientProvesAKey) {
        boolean senderConstrained = clientProvesAKey || keyThumbprint.isPresent();
        boolean heldBack = deviceStateAt.filter(issuedAt::isBefore).isPresent();
        return new RefreshState(generation, confirmed, retries, issuedAt, senderConstrained, heldBack);
    }
}
