package io.jeton.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Pkcs11TokenTest {
    private static final byte[] INPUT = "input".getBytes(StandardCharsets.US_ASCII);

    @Test
    void signsWhileAnotherProcessMakesAndDeletesKeysOfTheSameToken() throws Exception {
        TestHsm.assumeInstalled();
        Pkcs11Settings settings =
                Pkcs11Settings.of(TestHsm.config(TestHsm.settings())).orElseThrow();
        Pkcs11Token token = new Pkcs11Token(settings);
        token.make("kept", KeyAlgorithm.ES256);
        Process neighbour = neighbour();
        try {
            assertEquals("ready", neighbour.inputReader(StandardCharsets.UTF_8).readLine());
            for (int i = 0; i < 100; i++) {
                // Every one lists the token's keys anew.
                Pkcs11Token replica = new Pkcs11Token(settings);
                assertEquals(64, replica.sign("kept", KeyAlgorithm.ES256, INPUT).length);
            }
            assertTrue(neighbour.isAlive());
        } finally {
            neighbour.getOutputStream().close();
            assertEquals(0, neighbour.waitFor());
            token.delete("kept");
        }
    }

    private static Process neighbour() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HsmNeighbour.class.getName()));
        for (Map.Entry<String, String> setting : TestHsm.settings().entrySet()) {
            command.add(setting.getKey() + "=" + setting.getValue());
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
