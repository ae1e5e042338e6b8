package io.jeton.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What holds for the access tokens of all clients. */
@ConfigMapping(prefix = "jeton.tokens")
interface TokenConfig {
    /**
     * By how large a share of its life, from 0 to 0.2, an access token may end earlier. Devices that came back at the same instant
     * would otherwise come back so each time: with 0.05 and an hour they are spread over three minutes at once, and over more
     * each time. Never later than the client's lifetime says.
     */
    @WithDefault("0.05")
    double expiryJitter();
}
