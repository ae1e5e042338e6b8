package io.jeton.user;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The browser session of the verification page. */
@ConfigMapping(prefix = "jeton.session")
interface SessionConfig {
    /** How long a person stays signed in. */
    @WithDefault("PT1H")
    Duration lifetime();
}
