package io.jeton.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The device authorization grant. */
@ConfigMapping(prefix = "jeton.device")
interface DeviceConfig {
    /** How long device code and user code live. Longer gives a guesser more time. */
    @WithDefault("PT10M")
    Duration codeLifetime();

    /** How often a device may poll at first. */
    @WithDefault("PT5S")
    Duration interval();

    /** A shorter address that leads to the verification page, if there is one. */
    Optional<String> verificationUri();

    /** What scopes mean, in words a person understands: {@code jeton.device.scope-descriptions."telemetry:write"=…}. */
    Map<String, String> scopeDescriptions();
}
