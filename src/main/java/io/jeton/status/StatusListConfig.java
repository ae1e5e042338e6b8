package io.jeton.status;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a status list is believed. */
@ConfigMapping(prefix = "jeton.status-list")
interface StatusListConfig {
    /**
     * How long a verifier keeps a list before it looks again: what a revocation takes, at the most, once it is
     * rendered. More than a minute is allowed, and makes it that much slower.
     */
    @WithDefault("PT30S")
    Duration ttl();

    /** How long a list may be used while no newer one can be fetched: how long verifiers work on while we are away. */
    @WithDefault("PT1H")
    Duration lifetime();
}
