package io.jeton.dpop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.crypto.MacKey;
import io.jeton.crypto.MacKeys;
import io.jeton.protocol.Identifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9449 §8: nonces that nobody remembers")
class DpopNonceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final MacKey KEY = new MacKey(1, new byte[32]);
    private static final MacKey NEXT = new MacKey(2, new byte[] {1});

    private final String nonce = at(NOW, new MacKeys(KEY, List.of(KEY))).issue();

    @Test
    void isGoodForAsLongAsItLives() {
        MacKeys keys = new MacKeys(KEY, List.of(KEY));
        assertTrue(at(NOW, keys).isGood(nonce));
        assertTrue(at(NOW.plusSeconds(299), keys).isGood(nonce));
        assertFalse(at(NOW.plusSeconds(300), keys).isGood(nonce));
    }

    @Test
    void isGoodUnderAKeyThatSealsNoMoreAndNotUnderNone() {
        assertTrue(at(NOW, new MacKeys(NEXT, List.of(KEY, NEXT))).isGood(nonce));
        assertFalse(at(NOW, new MacKeys(NEXT, List.of(NEXT))).isGood(nonce));
    }

    @Test
    void isOursToTheLastBit() {
        DpopNonce nonces = at(NOW, new MacKeys(KEY, List.of(KEY)));
        byte[] bytes = Base64.getUrlDecoder().decode(nonce);
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i] ^= 1;
            assertFalse(nonces.isGood(Identifier.of(other)), "byte " + i);
        }
        for (String none : List.of("", "x", "*", nonce + "AAAA", nonce.substring(4))) {
            assertFalse(nonces.isGood(none), none);
        }
    }

    private static DpopNonce at(Instant now, MacKeys keys) {
        DpopConfig config = new DpopConfig() {
            @Override
            public Duration window() {
                return Duration.ofMinutes(1);
            }

            @Override
            public Duration nonceLifetime() {
                return Duration.ofMinutes(5);
            }

            @Override
            public boolean requireNonce() {
                return false;
            }
        };
        return new DpopNonce(() -> keys, config, Clock.fixed(now, ZoneOffset.UTC));
    }
}
