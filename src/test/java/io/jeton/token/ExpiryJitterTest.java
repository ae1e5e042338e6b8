package io.jeton.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much earlier a token ends. */
class ExpiryJitterTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aFleetIsSpreadOverTheShareAndNoTokenLivesLonger() {
        Random luck = new Random(8628);
        List<Long> lives = Stream.generate(() ->
                        ExpiryJitter.shorten(HOUR, 0.05, luck.nextDouble()).toSeconds())
                .limit(10_000)
                .toList();
        assertTrue(lives.stream().allMatch(life -> life > 3420 && life <= 3600), "from 57 minutes to the hour");
        assertEquals(180, lives.stream().distinct().count(), "each second of the three minutes");
    }

    @Test
    void withoutAShareEveryTokenLivesForItsTime() {
        assertEquals(HOUR, jitter(0).shorten(HOUR));
        assertEquals(HOUR, ExpiryJitter.shorten(HOUR, 0.2, 0));
    }

    @Test
    void theShortestLifeIsNotShortened() {
        assertEquals(Duration.ofSeconds(1), ExpiryJitter.shorten(Duration.ofSeconds(1), 0.2, Math.nextDown(1.0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 0.21, 5, Double.NaN})
    void aShareThatIsNoneStopsTheStart(double share) {
        String message =
                assertThrows(ConfigurationException.class, () -> jitter(share)).getMessage();
        assertEquals("jeton.tokens.expiry-jitter must be from 0 to 0.2", message);
    }

    private static ExpiryJitter jitter(double share) {
        return new ExpiryJitter(() -> share);
    }
}
