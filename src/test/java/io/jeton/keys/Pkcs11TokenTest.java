package io.jeton.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class Pkcs11TokenTest {
    private static final Logger LOG = Logger.getLogger(Pkcs11TokenTest.class);
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

    @Test
    void whatOneOfTwoReplicasCouldNotMakeIsNotThereAndWhatItMadeIs() throws Exception {
        TestHsm.assumeInstalled();
        Pkcs11Settings settings =
                Pkcs11Settings.of(TestHsm.config(TestHsm.settings())).orElseThrow();
        Set<String> expected = new HashSet<>(TestHsm.labels());
        Set<String> made = new HashSet<>();
        Concurrently.each(2, 2, replica -> made(new Pkcs11Token(settings), "made-by-" + replica + "-"))
                .forEach(made::addAll);
        expected.addAll(made);
        assertFalse(made.isEmpty());
        assertEquals(expected, TestHsm.labels());
        Pkcs11Token token = new Pkcs11Token(settings);
        for (String label : made) {
            assertEquals(64, token.sign(label, KeyAlgorithm.ES256, INPUT).length);
            token.delete(label);
        }
    }

    @Test
    void aPinThatIsRefusedIsNotSentAgain() throws Exception {
        TestHsm.assumeInstalled();
        Pkcs11Token first = new Pkcs11Token(
                Pkcs11Settings.of(TestHsm.config(TestHsm.settings())).orElseThrow());
        // As if the PIN had been changed since: nobody asks for it as long as the process is logged in.
        Pkcs11Token token =
                new Pkcs11Token(Pkcs11Settings.of(TestHsm.config(TestHsm.with("jeton.keys.pkcs11.pin", "8642")))
                        .orElseThrow());
        TestHsm.logEverybodyOut();
        String refused = assertThrows(IOException.class, token::reconnect).toString();
        assertFalse(refused.contains("8642"), refused);
        String again = assertThrows(IOException.class, token::reconnect).getMessage();
        assertEquals("the PIN was refused, and is not sent again before a restart", again);
        first.reconnect();
        assertThrows(IOException.class, () -> token.sign("any", KeyAlgorithm.ES256, INPUT));
    }

    /** SoftHSM refuses some of what two threads of one process do at once. */
    private static Set<String> made(Pkcs11Token token, String prefix) {
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            String label = prefix + i;
            try {
                PublicKey unused = token.make(label, KeyAlgorithm.ES256);
                labels.add(label);
            } catch (GeneralSecurityException | IOException | ProviderException e) {
                LOG.info(e.getMessage());
            }
        }
        return labels;
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
