package io.jeton.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyEncryptionTest {
    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.US_ASCII);
    private static final Randomness RANDOMNESS = new Randomness();
    private final KeyEncryption encryption = encryption(1);

    @Test
    void whatIsSealedOpens() {
        assertArrayEquals(PLAIN, encryption.open(encryption.seal(PLAIN, "kid-1"), "kid-1"));
        assertArrayEquals(new byte[0], encryption.open(encryption.seal(new byte[0], "kid-1"), "kid-1"));
    }

    @Test
    void whatIsSealedShowsNothingAndNeverTheSameTwice() {
        byte[] sealed = encryption.seal(PLAIN, "kid-1");
        assertEquals(1 + 4 + 12 + PLAIN.length + 16, sealed.length);
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("private"));
        assertFalse(Arrays.equals(sealed, encryption.seal(PLAIN, "kid-1")));
    }

    @Test
    void aRowSwappedForAnotherDoesNotOpen() {
        byte[] sealed = encryption.seal(PLAIN, "kid-1");
        assertThrows(IllegalStateException.class, () -> encryption.open(sealed, "kid-2"));
    }

    @Test
    void aFlippedBitDoesNotOpen() {
        byte[] sealed = encryption.seal(PLAIN, "kid-1");
        // The first byte is the format, for a later one to be told by.
        for (int bit = 8; bit < sealed.length * 8; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(IllegalStateException.class, () -> encryption.open(forged, "kid-1"), "bit " + bit);
        }
    }

    @Test
    void aCutValueDoesNotOpen() {
        byte[] sealed = encryption.seal(PLAIN, "kid-1");
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThrows(IllegalStateException.class, () -> encryption.open(cut, "kid-1"), "length " + length);
        }
    }

    @Test
    void anotherFormatDoesNotOpen() {
        byte[] sealed = encryption.seal(PLAIN, "kid-1");
        sealed[0] = 2;
        assertThrows(IllegalStateException.class, () -> encryption.open(sealed, "kid-1"));
    }

    @Test
    void aKeyThatIsNotConfiguredIsNamedByItsProperty() {
        byte[] sealed = encryption.seal(PLAIN, "kid-1");
        String message = assertThrows(
                        IllegalStateException.class, () -> encryption(2).open(sealed, "kid-1"))
                .getMessage();
        assertTrue(message.contains(encryption.currentId()), message);
        assertTrue(message.contains("jeton.keys.previous-encryption-keys"), message);
    }

    @Test
    void aPreviousKeyOpensAndOnlyTheCurrentOneSeals() {
        byte[] old = encryption.seal(PLAIN, "kid-1");
        KeyEncryption rotated = encryption(2, 1);
        assertArrayEquals(PLAIN, rotated.open(old, "kid-1"));
        assertNotEquals(rotated.currentId(), KeyEncryption.idOf(old));
        assertEquals(List.of(KeyEncryption.idOf(old)), rotated.formerIds());
        byte[] renewed = rotated.seal(PLAIN, "kid-1");
        assertEquals(rotated.currentId(), KeyEncryption.idOf(renewed));
        assertArrayEquals(PLAIN, encryption(2).open(rotated.sealAnew(old, "kid-1"), "kid-1"));
        assertArrayEquals(PLAIN, encryption(2).open(renewed, "kid-1"));
        assertThrows(IllegalStateException.class, () -> encryption.open(renewed, "kid-1"));
    }

    @Test
    void aKeyHas32Bytes() {
        for (int length : new int[] {0, 16, 31, 33, 64}) {
            byte[] key = new byte[length];
            assertThrows(
                    IllegalArgumentException.class, () -> new KeyEncryption(RANDOMNESS, key, List.of()), "" + length);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new KeyEncryption(RANDOMNESS, new byte[32], List.of(key)),
                    "" + length);
        }
    }

    private static KeyEncryption encryption(int current, int... previous) {
        return new KeyEncryption(
                RANDOMNESS,
                key(current),
                Arrays.stream(previous).mapToObj(KeyEncryptionTest::key).toList());
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
