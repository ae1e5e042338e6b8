package io.jeton.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final UUID SALT = UUID.randomUUID();

    @Test
    void theSameContentHasTheSameFingerprintAndAnotherAnother() {
        assertEquals(of("file", "password"), of("file", "password"));
        assertNotEquals(of("file", "password"), of("file", "passwort"));
        assertNotEquals(of("file", "password"), of("filepass", "word"));
    }

    @Test
    void whoeverGuessesThePasswordCannotSeeByItThatHeIsRight() throws Exception {
        MessageDigest guess = MessageDigest.getInstance("SHA-256");
        for (String part : new String[] {"file", "password"}) {
            guess.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length()));
            guess.update(part.getBytes(StandardCharsets.UTF_8));
        }
        assertNotEquals(HexFormat.of().formatHex(guess.digest()), of("file", "password"));
    }

    private static String of(String... parts) {
        Fingerprint fingerprint = new Fingerprint(SALT);
        for (String part : parts) {
            fingerprint.add(part);
        }
        return fingerprint.hex();
    }
}
