package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.device.PolledAuthorization.State;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 8628 §3.5 what a poll comes to")
class PolledAuthorizationTest {
    @ParameterizedTest(name = "{0}, expired {1}, early {2}: {3}")
    @CsvSource({
        "PENDING,  false, false, PENDING",
        "PENDING,  false, true,  SLOW_DOWN",
        "PENDING,  true,  false, EXPIRED",
        "PENDING,  true,  true,  EXPIRED",
        "DENIED,   false, false, DENIED",
        "DENIED,   false, true,  DENIED",
        "DENIED,   true,  false, DENIED",
        "DENIED,   true,  true,  DENIED",
        "APPROVED, false, false, REDEEMABLE",
        "APPROVED, false, true,  REDEEMABLE",
        "APPROVED, true,  false, EXPIRED",
        "APPROVED, true,  true,  EXPIRED",
        "CONSUMED, false, false, REDEEMED",
        "CONSUMED, false, true,  REDEEMED",
        "CONSUMED, true,  false, REDEEMED",
        "CONSUMED, true,  true,  REDEEMED",
    })
    void everyStateHasItsAnswer(State state, boolean expired, boolean early, PollResult result) {
        assertEquals(
                result, new PolledAuthorization(state, expired, early, Optional.empty(), Optional.empty()).result());
    }
}
