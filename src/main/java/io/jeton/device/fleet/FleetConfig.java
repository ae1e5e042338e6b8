package io.jeton.device.fleet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bulk revocations. */
@ConfigMapping(prefix = "jeton.fleet")
interface FleetConfig {
    /** How often a replica looks whether there is something to revoke. The rate is kept whatever it is. */
    @WithDefault("PT1S")
    Duration tick();

    /** After this long without a sign of life another replica goes on with a bulk revocation. */
    @WithDefault("PT30S")
    Duration lease();
}
