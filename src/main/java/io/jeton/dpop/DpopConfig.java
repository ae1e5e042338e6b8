package io.jeton.dpop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** DPoP proofs. */
@ConfigMapping(prefix = "jeton.dpop")
interface DpopConfig {
    /**
     * How far {@code iat} of a proof may be from now without a nonce. A device whose clock is further off is given a nonce, and
     * needs no clock.
     */
    @WithDefault("PT1M")
    Duration window();

    /** How long a nonce is good for. */
    @WithDefault("PT5M")
    Duration nonceLifetime();

    /** Whether every proof must carry a nonce: proofs made in advance are then worthless, and each key's first request is refused once. */
    @WithDefault("false")
    boolean requireNonce();
}
