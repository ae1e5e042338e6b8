package io.jeton.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a replica keeps its copies of registry tables fresh. */
@ConfigMapping(prefix = "jeton.database")
public interface DatabaseConfig {
    /** How often a replica reads the keys and the clients although no notification told it to. */
    @WithDefault("PT30S")
    Duration reloadEvery();
}
