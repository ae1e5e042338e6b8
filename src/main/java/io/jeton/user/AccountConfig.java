package io.jeton.user;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** Accounts declared in the configuration: {@code jeton.accounts."name".password=…}. */
@ConfigMapping(prefix = "jeton.accounts")
interface AccountConfig {
    /** By the name a person signs in with. Written at every start; one no longer declared stays, disable it first. */
    @WithParentName
    Map<String, Declaration> all();

    /** One account. */
    interface Declaration {
        /** At least 8 characters. Stored as a slow hash. */
        String password();

        /** Whether the person may sign in and act. */
        @WithDefault("true")
        boolean enabled();
    }
}
