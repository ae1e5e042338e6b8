package io.jeton.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The longest lives any client may be given: keys are kept for as long. */
@ConfigMapping(prefix = "jeton.lifetimes")
public interface LifetimeLimits {
    /**
     * The longest life of an access or ID token; no client may be declared with more. A signing key stays in the
     * JWKS for this long after it stopped signing. Before you lower it, let the tokens that live longer expire.
     */
    @WithDefault("PT24H")
    Duration longestAccessToken();

    /**
     * The longest time a refresh token may lie unused; no client may be declared with more. A MAC secret is kept
     * for this long after it stopped sealing.
     */
    @WithDefault("P400D")
    Duration longestRefreshIdle();
}
