package io.jeton.grant;

import java.time.Duration;

/** A refresh token on its way to the device, and how long it may lie unused. */
public record IssuedRefreshToken(String token, Duration expiresIn) {
    /** Without the token. */
    @Override
    public String toString() {
        return "IssuedRefreshToken[" + expiresIn + "]";
    }
}
