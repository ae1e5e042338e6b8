package io.jeton.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessProbabilityTest {
    private static final double CODES = Math.pow(20, 8);
    private static final Duration WINDOW = Duration.ofMinutes(15);

    @Test
    void theDefaultsKeepItBelowOneInAMillion() {
        GuessProbability probability = GuessProbability.of(Duration.ofMinutes(10), WINDOW, 10_000, CODES);
        assertEquals(7.8125e-7, probability.perCode(), 1e-12);
    }

    @Test
    void aLifeTouchesOneWindowMoreThanItIsLong() {
        assertEquals(
                2 / CODES,
                GuessProbability.of(Duration.ofSeconds(1), WINDOW, 1, CODES).perCode());
        assertEquals(2 / CODES, GuessProbability.of(WINDOW, WINDOW, 1, CODES).perCode());
        assertEquals(
                3 / CODES,
                GuessProbability.of(WINDOW.plusNanos(1), WINDOW, 1, CODES).perCode());
    }
}
