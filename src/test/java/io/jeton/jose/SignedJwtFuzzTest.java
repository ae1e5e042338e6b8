package io.jeton.jose;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jeton.test.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Whatever comes is refused with a sentence, or is a token that nobody here has signed. */
class SignedJwtFuzzTest {
    private static final TestKey KEY = TestKey.es256();
    private static final PublicJwk PUBLIC = PublicJwk.read(KEY.publicJson());
    private static final AssertionRules RULES = new AssertionRules("https://tokens.example.com");

    @FuzzTest(maxDuration = "1m")
    void isRefusedOrReadWithinBounds(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        try {
            SignedJwt jwt = SignedJwt.read(text, SignedJwt.PUBLIC_KEY_ALGORITHMS);
            assertTrue(text.length() <= 4096);
            assertFalse(jwt.verify(PUBLIC.key()));
            jwt.requireType("dpop+jwt");
            PublicJwk.read(jwt.header().object("jwk").orElse("{}"));
            RULES.check(jwt.claims(), "serial", Instant.EPOCH);
        } catch (InvalidJwtException e) {
            assertTrue(e.reason().matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+"), e.reason());
        }
    }
}
