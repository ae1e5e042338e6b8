package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTest {
    @ParameterizedTest
    @CsvSource({
        "PT-1S, just now",
        "PT9S, just now",
        "PT10S, 10 seconds ago",
        "PT59S, 59 seconds ago",
        "PT60S, 1 minute ago",
        "PT9M59S, 9 minutes ago"
    })
    void anAgeIsSaidAsPeopleSayIt(Duration age, String words) {
        assertEquals(words, Confirmation.age(age));
    }
}
