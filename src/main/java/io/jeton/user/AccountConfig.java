package io.jeton.user;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts declared in the configuration: {@code jeton.accounts."name".password=…}. */
@ConfigMapping(prefix = "jeton.accounts")
interface AccountConfig {
    /** By the name a person signs in with. Written at every start; one no longer declared stays, disable it first. */
    @WithParentName
    Map<String, Declaration> all();

    /** One account. */
    interface Declaration {
        /** At least 8 characters. Stored as a slow hash. */
        Optional<String> password();

        /** What the person may do beyond their own devices: {@code admin} may approve access to the admin API. */
        Optional<List<String>> roles();

        /** Whether the person may sign in and act. */
        @WithDefault("true")
        boolean enabled();
    }
}
