package io.jeton.jose;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever comes for a key set is refused with a sentence, or has public keys alone. */
class PublicJwkSetFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isRefusedOrPublic(byte[] data) {
        try {
            PublicJwkSet set = PublicJwkSet.read(new String(data, StandardCharsets.UTF_8));
            assertTrue(set.keys().stream().noneMatch(key -> key.json().contains("\"d\"")));
        } catch (InvalidJwtException e) {
            assertTrue(e.reason().matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+"), e.reason());
        }
    }
}
