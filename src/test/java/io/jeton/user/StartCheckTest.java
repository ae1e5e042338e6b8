package io.jeton.user;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCheckTest {
    @Test
    void theDefaultsAreFine() {
        assertDoesNotThrow(() -> check(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "jeton.guess.per-account, 0",
        "jeton.guess.per-address, -1",
        "jeton.guess.per-name, 0",
        "jeton.guess.total, 0",
        "jeton.guess.longest-window, PT1M",
        "jeton.guess.window, PT0S",
        "jeton.session.lifetime, PT-1M"
    })
    void limitsUnderWhichNobodyCouldSignInStopTheStart(String property, String value) {
        String message = assertThrows(ConfigurationException.class, () -> check(Map.of(property, value)))
                .getMessage();
        assertTrue(message.contains(property), message);
    }

    private static void check(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withDefaultValues(settings)
                .withMapping(GuessConfig.class)
                .withMapping(SessionConfig.class)
                .build();
        StartCheck.check(config.getConfigMapping(GuessConfig.class), config.getConfigMapping(SessionConfig.class));
    }
}
