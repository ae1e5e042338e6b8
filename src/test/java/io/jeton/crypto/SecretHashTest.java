package io.jeton.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretHashTest {
    private static final String SECRET = "0123456789-0123456789-0123456789 \u00e9";

    @Test
    void onlyTheSecretMatches() {
        String hash = SecretHash.of(SECRET);
        assertTrue(SecretHash.matches(hash, SECRET));
        assertFalse(SecretHash.matches(hash, SECRET + " "));
        assertFalse(SecretHash.matches(hash, SECRET.replace('\u00e9', 'e')));
        assertFalse(SecretHash.matches(hash, ""));
        assertFalse(SecretHash.matches(hash, hash));
    }

    @Test
    void itIsSha256AndSaysSo() {
        // FIPS 180-2 appendix B.1.
        assertEquals("sha256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", SecretHash.of("abc"));
    }

    @Test
    void aHashOfAnUnknownFormMatchesNothing() {
        for (String hash : new String[] {"", "sha256:", SECRET, "\u00e9"}) {
            assertFalse(SecretHash.matches(hash, SECRET));
        }
    }
}
