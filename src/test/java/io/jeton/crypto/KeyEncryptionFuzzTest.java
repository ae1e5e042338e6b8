package io.jeton.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whoever writes into the database: what he wrote does not open, and what was sealed does. */
class KeyEncryptionFuzzTest {
    private static final KeyEncryption ENCRYPTION = new KeyEncryption(new Randomness(), new byte[32], List.of());

    @FuzzTest(maxDuration = "1m")
    void opensOnlyWhatWasSealed(byte[] data) {
        assertThrows(IllegalStateException.class, () -> ENCRYPTION.open(data, "a row"));
        byte[] sealed = ENCRYPTION.seal(data, "a row");
        assertArrayEquals(data, ENCRYPTION.open(sealed, "a row"));
        sealed[data.length % sealed.length] ^= 1;
        assertThrows(IllegalStateException.class, () -> ENCRYPTION.open(sealed, "a row"));
    }
}
