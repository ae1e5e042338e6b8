package io.jeton.refresh;

import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A device's grant, without its refresh token.
 *
 * @param account who approved it; empty where nobody had to
 * @param keyThumbprint the {@link io.jeton.protocol.Confirmation} of what its refresh token is bound to, where it is
 *     (RFC 9449 §5, RFC 8705 §4)
 * @param suspended whether the device is, so that the grant lies idle
 * @param statusIndex its place in the status lists
 */
public record StandingGrant(
        UUID id,
        UUID device,
        Optional<UUID> account,
        String client,
        Scopes scopes,
        Times times,
        Optional<String> lastFrom,
        Optional<String> keyThumbprint,
        boolean live,
        boolean suspended,
        Optional<Revocation> revocation,
        long statusIndex) {

    /**
     * Its instants.
     *
     * @param refreshedAt when its newest token was issued
     * @param idleExpiresAt when it ends if the device does not come back before
     * @param absoluteExpiresAt when it ends whatever the device does
     */
    public record Times(
            Instant grantedAt,
            Instant authenticatedAt,
            Instant refreshedAt,
            Instant idleExpiresAt,
            Instant absoluteExpiresAt) {}

    /** That it was ended, and why. */
    public record Revocation(Instant at, String reason) {}
}
