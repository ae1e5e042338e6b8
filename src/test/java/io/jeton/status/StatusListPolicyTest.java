package io.jeton.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.client.LifetimeLimits;
import io.jeton.database.DatabaseConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusListPolicyTest {
    @Test
    void theDefaultsAndAQuickTestAreFine() {
        policy("PT30S", "PT1H");
        policy("PT1S", "PT124S");
        assertEquals(Duration.ofHours(24), policy("PT10M", "PT24H").lifetime());
    }

    @Test
    void aTtlIsWholeSeconds() {
        refused("PT0S", "PT1H", "jeton.status-list.ttl");
        refused("PT0.5S", "PT1H", "jeton.status-list.ttl");
        refused("PT1.5S", "PT1H", "jeton.status-list.ttl");
        refused("PT-1S", "PT1H", "jeton.status-list.ttl");
    }

    @Test
    void aListThatIsKeptForItsTtlMustNotExpireMeanwhile() {
        refused("PT30S", "PT239S", "jeton.status-list.lifetime must be at least four times");
    }

    @Test
    void aListMustNotOutliveItsKeyInTheKeySet() {
        refused("PT30S", "PT24H0.001S", "jeton.lifetimes.longest-access-token");
    }

    @Test
    void aListIsSignedAnewFourTimesInItsLife() {
        StatusListPolicy policy = policy("PT30S", "PT1H");
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(policy.period(start), policy.period(start.plusSeconds(899)));
        assertEquals(policy.period(start) + 1, policy.period(start.plusSeconds(900)));
        assertEquals(policy.period(start) + 4, policy.period(start.plusSeconds(3600)));
    }

    private static void refused(String ttl, String lifetime, String reason) {
        String message = assertThrows(ConfigurationException.class, () -> policy(ttl, lifetime))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void noAccessTokenOutlivesWhatTheListsSayOfADeletedGrant() {
        policy("PT30S", "PT1H", Duration.ofDays(30));
        String message = assertThrows(
                        ConfigurationException.class,
                        () -> policy("PT30S", "PT1H", Duration.ofDays(30).plusSeconds(1)))
                .getMessage();
        assertTrue(message.contains("jeton.lifetimes.longest-access-token"), message);
    }

    private static StatusListPolicy policy(String ttl, String lifetime) {
        return policy(ttl, lifetime, Duration.ofHours(24));
    }

    private static StatusListPolicy policy(String ttl, String lifetime, Duration longestAccessToken) {
        return new StatusListPolicy(
                new StatusListConfig() {
                    @Override
                    public Duration ttl() {
                        return Duration.parse(ttl);
                    }

                    @Override
                    public Duration lifetime() {
                        return Duration.parse(lifetime);
                    }
                },
                new LifetimeLimits() {
                    @Override
                    public Duration longestAccessToken() {
                        return longestAccessToken;
                    }

                    @Override
                    public Duration longestRefreshIdle() {
                        return Duration.ofDays(400);
                    }
                },
                new DatabaseConfig() {
                    @Override
                    public Duration reloadEvery() {
                        return Duration.ofSeconds(30);
                    }

                    @Override
                    public Duration answerWithin() {
                        return Duration.ofSeconds(30);
                    }
                });
    }
}
