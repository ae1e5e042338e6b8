package io.jeton.grant;

import java.time.Duration;

/**
 * A refresh token on its way to the device.
 *
 * @param expiresIn how long it may lie unused
 * @param statusIndex the place of its grant in the status lists
 */
public record IssuedRefreshToken(String token, Duration expiresIn, long statusIndex) {
    /** Without the token. */
    @Override
    public String toString() {
        return "IssuedRefreshToken[" + expiresIn + "]";
    }
}
