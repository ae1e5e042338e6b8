package io.jeton.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Demo mode: what runs when no database is configured. */
@ConfigMapping(prefix = "jeton.demo")
public interface DemoConfig {
    /** Whether the service may start on an embedded database, with published example clients, where none is configured. */
    @WithDefault("true")
    boolean enabled();

    /** Where the embedded database lives; {@code ~/.jeton} where nothing is said. */
    Optional<String> dataDir();

    /** Set by the service itself when it runs in demo mode. */
    @WithDefault("false")
    boolean active();

    /** The password of the demo's person, made at its first start. */
    Optional<String> password();

    /** Where the secret of the demo's operator lies, made at its first start. */
    Optional<String> adminSecretFile();
}
