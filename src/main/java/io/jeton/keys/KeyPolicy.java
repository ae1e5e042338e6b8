package io.jeton.keys;

import io.jeton.client.LifetimeLimits;
import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.database.DatabaseConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The configuration of keys, checked. */
@ApplicationScoped
final class KeyPolicy {
    private final KeysConfig config;
    private final LifetimeLimits limits;
    private final KeyEncryption encryption;

    /** @throws ConfigurationException where the configuration would let verifiers meet a key they cannot know */
    KeyPolicy(KeysConfig config, LifetimeLimits limits, DatabaseConfig database, Randomness randomness) {
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
        List<byte[]> previous = config.previousEncryptionKeys().orElse(List.of()).stream()
                .map(key -> decode("jeton.keys.previous-encryption-keys", key))
                .toList();
        this.encryption =
                new KeyEncryption(randomness, decode("jeton.keys.encryption-key", config.encryptionKey()), previous);
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

    /** For whoever else seals something at rest. */
    @Produces
    @Singleton
    KeyEncryption encryption() {
        return encryption;
    }

    Duration jwksMaxAge() {
        return config.jwksMaxAge();
    }

    private static byte[] decode(String property, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        require(key.length == 32, property + " must be 32 bytes in base64: make one with \"openssl rand -base64 32\"");
        return key;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }
}
