package io.jeton.device.registry;

import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.Optional;

/**
 * What a device was granted: its refresh token, without the token.
 *
 * @param grantedAt when the device got its first token of it
 * @param refreshedAt when it got its newest
 * @param expiresAt when it ends, if the device does not come back before
 * @param live whether the device can still refresh by it, were it active
 * @param statusIndex its place in the status lists
 */
public record DeviceGrant(
        Scopes scopes,
        Instant grantedAt,
        Instant refreshedAt,
        Instant expiresAt,
        boolean live,
        Optional<Revocation> revocation,
        long statusIndex) {

    /** That it was ended, and why. */
    public record Revocation(Instant at, String reason) {}
}
