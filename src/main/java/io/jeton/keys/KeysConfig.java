package io.jeton.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How keys are kept and rotated. */
@ConfigMapping(prefix = "jeton.keys")
interface KeysConfig {
    /** How long a signing key signs. */
    @WithDefault("P30D")
    Duration rotationPeriod();

    /** How long the secret that seals refresh tokens and device codes is used for new ones. */
    @WithDefault("P365D")
    Duration macRotationPeriod();

    /** How long a key is published, at the least, before it signs: at least twice {@link #jwksMaxAge} plus the skew. */
    @WithDefault("PT24H")
    Duration leadTime();

    /** How long verifiers may cache the JWKS. */
    @WithDefault("PT1H")
    Duration jwksMaxAge();

    /** How far the clocks of replicas and verifiers may be apart, and how late a replica may notice a rotation. */
    @WithDefault("PT2M")
    Duration clockSkew();

    /** How often the schedule is looked at. */
    @WithDefault("PT1M")
    Duration checkEvery();
}
