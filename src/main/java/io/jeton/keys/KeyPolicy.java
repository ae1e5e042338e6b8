package io.jeton.keys;

import io.jeton.client.LifetimeLimits;
import io.jeton.database.DatabaseConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The configuration of keys, checked. */
@ApplicationScoped
final class KeyPolicy {
    private final KeysConfig config;
    private final LifetimeLimits limits;

    /** @throws ConfigurationException where the configuration would let verifiers meet a key they cannot know */
    KeyPolicy(KeysConfig config, LifetimeLimits limits, DatabaseConfig database) {
        this.config = config;
        this.limits = limits;
        Duration leastLead = config.jwksMaxAge().multipliedBy(2).plus(config.clockSkew());
        require(
                config.leadTime().compareTo(leastLead) >= 0,
                "jeton.keys.lead-time must be at least twice jeton.keys.jwks-max-age plus jeton.keys.clock-skew, here "
                        + leastLead + ": raise it, or lower jeton.keys.jwks-max-age");
        require(
                config.rotationPeriod().compareTo(config.leadTime()) >= 0
                        && config.macRotationPeriod().compareTo(config.leadTime()) >= 0,
                "jeton.keys.rotation-period and jeton.keys.mac-rotation-period must not be shorter than"
                        + " jeton.keys.lead-time");
        require(
                config.clockSkew().compareTo(database.reloadEvery()) >= 0,
                "jeton.keys.clock-skew must not be shorter than jeton.database.reload-every: a replica may sign with the"
                        + " former key until it reloads");
    }

    KeySchedule scheduleOf(KeyAlgorithm algorithm) {
        return algorithm.signs()
                ? new KeySchedule(
                        config.rotationPeriod(),
                        config.leadTime(),
                        limits.longestAccessToken().plus(config.clockSkew()))
                : new KeySchedule(
                        config.macRotationPeriod(),
                        config.leadTime(),
                        limits.longestRefreshIdle().plus(config.clockSkew()));
    }

    Duration jwksMaxAge() {
        return config.jwksMaxAge();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }
}
