package io.jeton.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file that names who signs. */
class SignersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{\"private_key\":{}}",
                "{\"private_key_jwt\":{\"client_id\":\"a\"}}",
                "{\"private_key_jwt\":{\"secret\":\"classified\"}}",
                "{\"private_key_jwt\":{\"client_id\":\"a\",\"secret\":\"classified\",\"key\":{}}}",
                "{\"private_key_jwt\":{\"client_id\":\"a\",\"key\":{\"kty\":\"classified\"}}}",
                "{\"private_key_jwt\":{\"client_id\":\"a\",\"key\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}}",
                "{\"private_key_jwt\":{\"client_id\":\"a\",\"key\":\"classified\"}"
            })
    void whatIsWrongWithItIsSaidWithoutItsSecrets(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Signers.read(text))
                .getMessage();
        assertTrue(message.startsWith("the file of --signers") || message.startsWith("private_key_jwt"), message);
        assertFalse(message.contains("classified"), message);
    }

    @Test
    void whatIsNotInItIsSkipped() {
        Signers signers = Signers.read("{}");
        assertTrue(signers.privateKey().isEmpty()
                && signers.secret().isEmpty()
                && signers.grant().isEmpty());
    }

    @Test
    void aBadFileIsWrongUsage(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("signers.json"), "{");
        assertEquals(2, Main.run("--issuer", "http://localhost", "--client-id", "x", "--signers", file.toString()));
        assertEquals(2, Main.run("--issuer", "http://localhost", "--client-id", "x", "--signers", folder + "/nothing"));
    }
}
