package io.jeton.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.client.LifetimeLimits;
import io.jeton.database.DatabaseConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyPolicyTest {
    private final Map<String, String> settings = new HashMap<>();

    @Test
    void aKeyIsKeptUntilTheLongestTokenItSignedHasExpired() {
        KeyPolicy policy = policy();
        assertEquals(
                new KeySchedule(
                        Duration.ofDays(30),
                        Duration.ofHours(24),
                        Duration.ofHours(24).plusMinutes(2)),
                policy.scheduleOf(KeyAlgorithm.ES256));
        assertEquals(
                new KeySchedule(
                        Duration.ofDays(365),
                        Duration.ofHours(24),
                        Duration.ofDays(400).plusMinutes(2)),
                policy.scheduleOf(KeyAlgorithm.HMAC));
        assertEquals(Duration.ofHours(1), policy.jwksMaxAge());
    }

    @Test
    void aLeadThatIsShorterThanTwoCachesAndTheSkewStopsTheStart() {
        settings.put("jeton.keys.lead-time", "PT2H1M59S");
        refused("jeton.keys.lead-time");
        settings.put("jeton.keys.lead-time", "PT2H2M");
        policy();
    }

    @Test
    void aRotationThatIsShorterThanTheLeadStopsTheStart() {
        settings.put("jeton.keys.rotation-period", "PT23H");
        refused("jeton.keys.rotation-period");
        settings.put("jeton.keys.rotation-period", "PT24H");
        settings.put("jeton.keys.mac-rotation-period", "PT23H");
        refused("jeton.keys.mac-rotation-period");
    }

    @Test
    void aReloadThatIsSlowerThanTheSkewStopsTheStart() {
        settings.put("jeton.database.reload-every", "PT3M");
        refused("jeton.database.reload-every");
    }

    private KeyPolicy policy() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withDefaultValues(settings)
                .withMapping(KeysConfig.class)
                .withMapping(LifetimeLimits.class)
                .withMapping(DatabaseConfig.class)
                .build();
        return new KeyPolicy(
                config.getConfigMapping(KeysConfig.class),
                config.getConfigMapping(LifetimeLimits.class),
                config.getConfigMapping(DatabaseConfig.class));
    }

    private String refused(String property) {
        String message =
                assertThrows(ConfigurationException.class, this::policy).getMessage();
        assertTrue(message.contains(property), message);
        return message;
    }
}
