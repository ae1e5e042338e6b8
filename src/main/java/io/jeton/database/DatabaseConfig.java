package io.jeton.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a replica keeps its copies of registry tables fresh, and its connections alive. */
@ConfigMapping(prefix = "jeton.database")
public interface DatabaseConfig {
    /** How often a replica reads the keys and the clients although no notification told it to. */
    @WithDefault("PT30S")
    Duration reloadEvery();

    /**
     * After so long without an answer a connection is taken for dead and closed, and whatever it still does at the server ends:
     * longer than any statement of the service takes.
     */
    @WithDefault("PT30S")
    Duration answerWithin();
}
