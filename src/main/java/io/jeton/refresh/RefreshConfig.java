package io.jeton.refresh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Refreshing. */
@ConfigMapping(prefix = "jeton.refresh")
interface RefreshConfig {
    /** When a suspended device is told to try its refresh token again ({@code Retry-After}). */
    @WithDefault("PT1H")
    Duration suspendedRetryAfter();
}
