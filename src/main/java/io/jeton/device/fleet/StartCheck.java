package io.jeton.device.fleet;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Stops a start with settings under which no bulk revocation would come to its end. */
@ApplicationScoped
final class StartCheck {
    private final FleetConfig config;

    StartCheck(FleetConfig config) {
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        check(config);
    }

    static void check(FleetConfig config) {
        if (config.tick().toMillis() < 100) {
            throw new ConfigurationException("jeton.fleet.tick must be at least PT0.1S");
        }
        if (config.lease().compareTo(config.tick().multipliedBy(3)) < 0) {
            throw new ConfigurationException("jeton.fleet.lease must be at least three times jeton.fleet.tick");
        }
    }
}
