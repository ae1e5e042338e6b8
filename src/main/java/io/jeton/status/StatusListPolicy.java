package io.jeton.status;

import io.jeton.client.LifetimeLimits;
import io.jeton.database.DatabaseConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** The configuration of status lists, checked. */
@ApplicationScoped
final class StatusListPolicy {
    /** A list is signed anew when a quarter of its life is over: whatever then fails, three quarters remain. */
    private static final int QUARTERS = 4;

    /** See {@code grants_deleted()} in the migrations. */
    private static final Duration LONGEST_ACCESS_TOKEN = Duration.ofDays(30);

    private final StatusListConfig config;

    /** @throws ConfigurationException where verifiers would be left without a list, or with one they cannot verify */
    StatusListPolicy(StatusListConfig config, LifetimeLimits limits, DatabaseConfig database) {
        this.config = config;
        require(
                config.ttl().toSeconds() >= 1 && config.ttl().toNanosPart() == 0,
                "jeton.status-list.ttl must be whole seconds, at least one: lists say it in seconds");
        Duration leastLifetime = config.ttl().plus(database.reloadEvery()).multipliedBy(QUARTERS);
        require(
                config.lifetime().compareTo(leastLifetime) >= 0,
                "jeton.status-list.lifetime must be at least four times the sum of jeton.status-list.ttl and"
                        + " jeton.database.reload-every, here " + leastLifetime
                        + ": a list that is kept for its ttl must not expire meanwhile");
        require(
                limits.longestAccessToken().compareTo(LONGEST_ACCESS_TOKEN) <= 0,
                "jeton.lifetimes.longest-access-token must not be longer than " + LONGEST_ACCESS_TOKEN
                        + ": of a grant that is deleted, the status lists say for so long that it is revoked");
        require(
                config.lifetime().compareTo(limits.longestAccessToken()) <= 0,
                "jeton.status-list.lifetime must not be longer than jeton.lifetimes.longest-access-token, here "
                        + limits.longestAccessToken() + ": a key stays in the JWKS for that long after it signed last");
    }

    Duration ttl() {
        return config.ttl();
    }

    Duration lifetime() {
        return config.lifetime();
    }

    /** Counts the quarters of a life: a list that was signed in an earlier one is signed anew. The same on all replicas. */
    long period(Instant now) {
        return now.getEpochSecond() / (config.lifetime().toSeconds() / QUARTERS);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }
}
