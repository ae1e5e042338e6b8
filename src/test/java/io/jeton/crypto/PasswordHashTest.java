package io.jeton.crypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private static final String PASSWORD = "correct horse \u00e9\uD83D\uDE00";
    private static final String HASH = PasswordHash.of(PASSWORD, new Randomness());

    @Test
    void onlyThePasswordMatches() {
        assertTrue(PasswordHash.matches(HASH, PASSWORD));
        assertFalse(PasswordHash.matches(HASH, PASSWORD + " "));
        assertFalse(PasswordHash.matches(HASH, PASSWORD.toUpperCase(Locale.ROOT)));
        assertFalse(PasswordHash.matches(HASH, ""));
    }

    @Test
    void itSaysHowItWasMadeAndNotOfWhat() {
        assertTrue(HASH.matches("pbkdf2-sha256\\$600000\\$[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}="), HASH);
    }

    @Test
    void theSamePasswordIsNeverHashedTheSame() {
        assertNotEquals(HASH, PasswordHash.of(PASSWORD, new Randomness()));
    }

    @Test
    void aHashOfFewerIterationsStillMatches() {
        // RFC 7914 §11: PBKDF2-HMAC-SHA-256 of "passwd", "salt", 1; its first 32 bytes.
        String hash = "pbkdf2-sha256$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw=";
        assertTrue(PasswordHash.matches(hash, "passwd"));
        assertFalse(PasswordHash.matches(hash, "Passwd"));
    }

    @Test
    void aHashOfAnUnknownFormIsAFaultAndNoMismatch() {
        for (String hash :
                new String[] {"", "x", "$2a$10$abc", "pbkdf2-sha256$1$c2FsdA==", "md5$1$c2FsdA==$aGFzaA=="}) {
            assertThrows(IllegalStateException.class, () -> PasswordHash.matches(hash, PASSWORD), hash);
        }
    }
}
