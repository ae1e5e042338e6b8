package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whatever a person types is no code, or one of the alphabet's, and the same when it is shown and typed again. */
class UserCodeFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isTheSameWhenShownAndTypedAgain(byte[] data) {
        Optional<UserCode> code = UserCode.parse(new String(data, StandardCharsets.UTF_8));
        code.ifPresent(read -> {
            assertTrue(read.letters().matches("[BCDFGHJKLMNPQRSTVWXZ]{8}"));
            assertEquals(code, UserCode.parse(read.display()));
        });
    }
}
