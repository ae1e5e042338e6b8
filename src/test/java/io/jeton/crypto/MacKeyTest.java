package io.jeton.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MacKeyTest {
    private static final byte[] SECRET = new byte[32];

    @Test
    void theTagIsHmacSha256OfThePurposeAZeroByteAndTheMessage() {
        // printf 'p\0m' | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…00
        assertEquals(
                "b84b2f2ccb76889473521f9679f69b5d6843c7b59cc806bca6026d13a1575773",
                HexFormat.of().formatHex(new MacKey(1, SECRET).tag("p", "m".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void aTagOfOnePurposeIsNoneOfAnother() {
        MacKey key = new MacKey(1, SECRET);
        byte[] message = {1, 2, 3};
        assertFalse(Arrays.equals(key.tag("jrt_", message), key.tag("jdc_", message)));
        assertFalse(Arrays.equals(
                key.tag("ab", "c".getBytes(StandardCharsets.US_ASCII)),
                key.tag("a", "bc".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void aVersionIsOneByte() {
        assertThrows(IllegalArgumentException.class, () -> new MacKey(-1, SECRET));
        assertThrows(IllegalArgumentException.class, () -> new MacKey(256, SECRET));
        assertEquals(255, new MacKey(255, SECRET).version());
    }

    @Test
    void theTextFormHidesTheSecret() {
        assertEquals("MacKey[3]", new MacKey(3, SECRET).toString());
    }
}
