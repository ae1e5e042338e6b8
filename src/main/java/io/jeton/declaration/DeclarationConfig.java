package io.jeton.declaration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The file that declares clients and users. */
@ConfigMapping(prefix = "jeton.declarations")
interface DeclarationConfig {
    /** Where it is, for example {@code /etc/jeton/declarations.yaml}. One that is wrong at the start stops it. */
    Optional<String> file();

    /** How often its content is compared with what was applied. */
    @WithDefault("PT10S")
    Duration checkEvery();
}
