package io.jeton.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The longest lives any client may be given: keys are kept for as long. */
@ConfigMapping(prefix = "jeton.lifetimes")
public interface LifetimeLimits {
    /**
     * The longest life of an access or ID token; a client that asks for more gets this much. A signing key stays in the
     * JWKS for this long after it stopped signing. Before you lower it, let the tokens that live longer expire.
     */
    @WithDefault("PT24H")
    Duration longestAccessToken();

    /**
     * The longest time a refresh token may lie unused; a client that asks for more gets this much. A MAC secret is kept
     * for this long after it stopped sealing.
     */
    @WithDefault("P400D")
    Duration longestRefreshIdle();
}
