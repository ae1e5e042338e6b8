package io.jeton.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where key-encryption keys come from. */
class EncryptionKeysTest {
    private static final String CURRENT = "jeton.keys.encryption-key";
    private static final String PREVIOUS = "jeton.keys.previous-encryption-keys";
    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    Path folder;

    @Test
    void eachSourceGivesTheSameKey() throws Exception {
        settings.put(CURRENT, base64(1));
        String id = keys().encryption().currentId();
        settings.clear();
        settings.put(CURRENT + "-file", file("key", base64(1) + "\n"));
        assertEquals(id, keys().encryption().currentId());
        settings.clear();
        settings.put(CURRENT + "-command", "  cat   " + file("key", base64(1) + "\n"));
        assertEquals(id, keys().encryption().currentId());
        settings.put(CURRENT + "-command", "tr A-Za-z N-ZA-Mn-za-m");
        settings.put(CURRENT + "-command-input", file("wrapped", rot13(base64(1))));
        assertEquals(id, keys().encryption().currentId());
    }

    @Test
    void soDoesEachSourceOfFormerKeys() throws Exception {
        settings.put(CURRENT, base64(1));
        settings.put(PREVIOUS, base64(2) + "," + base64(3));
        List<String> ids = keys().encryption().formerIds();
        assertEquals(2, ids.size());
        settings.remove(PREVIOUS);
        settings.put(PREVIOUS + "-file", file("previous", base64(2) + "\n\n" + base64(3) + "\n"));
        assertEquals(ids, keys().encryption().formerIds());
        settings.remove(PREVIOUS + "-file");
        settings.put(PREVIOUS + "-command", "cat " + folder.resolve("previous"));
        assertEquals(ids, keys().encryption().formerIds());
        settings.put(PREVIOUS + "-command", "cat");
        settings.put(PREVIOUS + "-command-input", folder.resolve("previous").toString());
        assertEquals(ids, keys().encryption().formerIds());
    }

    @Test
    void thereIsOneSource() throws Exception {
        refused(CURRENT, CURRENT + "-file", CURRENT + "-command");
        settings.put(CURRENT, base64(1));
        settings.put(CURRENT + "-file", file("key", base64(1)));
        refused("set one of", CURRENT + "-file");
        settings.remove(CURRENT + "-file");
        settings.put(PREVIOUS + "-file", file("key", base64(1)));
        settings.put(PREVIOUS + "-command", "cat key");
        refused("set one of", PREVIOUS + "-command");
        settings.remove(PREVIOUS + "-file");
        settings.remove(PREVIOUS + "-command");
        settings.put(CURRENT + "-command-input", file("key", base64(1)));
        refused(CURRENT + "-command-input");
    }

    @Test
    void whatIsNoKeyStopsTheStartAndIsNotRepeated() throws Exception {
        for (String broken : List.of("not base64!", "c2hvcnQ=", base64(1) + base64(2))) {
            settings.clear();
            settings.put(CURRENT, broken);
            assertFalse(refused(CURRENT, "openssl rand").contains(broken));
            settings.clear();
            settings.put(CURRENT + "-file", file("key", broken));
            assertFalse(refused(CURRENT + "-file", "openssl rand").contains(broken));
            settings.clear();
            settings.put(CURRENT + "-command", "cat " + folder.resolve("key"));
            assertFalse(refused(CURRENT + "-command", "openssl rand").contains(broken));
            settings.clear();
            settings.put(CURRENT, base64(1));
            settings.put(PREVIOUS, base64(2) + "," + broken);
            assertFalse(refused(PREVIOUS, "openssl rand").contains(broken));
        }
        settings.clear();
        settings.put(CURRENT + "-file", file("key", base64(1) + "\n" + base64(2)));
        refused(CURRENT + "-file", "one key");
        settings.put(CURRENT + "-file", folder.resolve("nowhere").toString());
        refused(CURRENT + "-file", "can read");
    }

    @Test
    void aProgramThatFailsOrHangsStopsTheStartAndWhatItWroteIsNotRepeated() throws Exception {
        settings.put(CURRENT + "-command", script("echo leak-of-output; echo leak-of-error >&2; exit 3"));
        String message = refused(CURRENT + "-command", "status 3");
        assertFalse(message.contains("leak"), message);
        settings.put(CURRENT + "-command", folder.resolve("nowhere").toString());
        refused(CURRENT + "-command", "cannot be run");
        settings.put(CURRENT + "-command", " ");
        refused(CURRENT);
        settings.put("jeton.keys.encryption-key-timeout", "PT2S");
        settings.put(CURRENT + "-command", script("echo $$ > " + folder.resolve("pid") + "; sleep 600"));
        refused(CURRENT + "-command", "within PT2S");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertTrue(
                ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true)
                        || ProcessHandle.of(pid).orElseThrow().onExit().get() != null,
                "it is ended");
    }

    @Test
    void aProgramIsRunWithoutAShell() {
        settings.put(CURRENT + "-command", "echo " + base64(1) + ";echo");
        refused(CURRENT + "-command", "openssl rand");
        settings.put(CURRENT + "-command", "echo $HOME");
        refused(CURRENT + "-command", "openssl rand");
    }

    @Test
    void filesAreNoticedWhenTheyChangeAndABadOneChangesNothing() throws Exception {
        settings.put(CURRENT + "-file", file("key", base64(1)));
        settings.put(PREVIOUS + "-file", file("previous", ""));
        EncryptionKeys keys = keys();
        KeyEncryption encryption = keys.encryption();
        byte[] sealed = encryption.seal(new byte[] {7}, "it");
        String first = encryption.currentId();
        keys.check();
        assertEquals(first, encryption.currentId());

        file("key", base64(2));
        file("previous", base64(1));
        keys.check();
        assertEquals(List.of(first), encryption.formerIds());
        assertEquals(7, encryption.open(sealed, "it")[0]);
        String second = encryption.currentId();

        file("key", "half a k");
        keys.check();
        assertEquals(second, encryption.currentId());
        Files.delete(folder.resolve("previous"));
        file("key", base64(2));
        keys.check();
        assertEquals(List.of(first), encryption.formerIds());

        file("previous", "");
        keys.check();
        assertThrows(IllegalStateException.class, () -> encryption.open(sealed, "it"));
    }

    @Test
    void aKeyIsNeverWrittenOut() throws Exception {
        settings.put(CURRENT, base64(1));
        EncryptionKeysConfig config = config();
        assertFalse(EncryptionKeySource.ofCurrent(config).toString().contains(base64(1)));
    }

    private String script(String body) throws IOException {
        Path script = folder.resolve("script-" + body.hashCode());
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static String base64(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }

    private static String rot13(String text) {
        List<Integer> turned = new ArrayList<>();
        text.chars()
                .forEach(c -> turned.add(Character.isLetter(c) ? (c & 0x20) + 'A' + ((c & ~0x20) - 'A' + 13) % 26 : c));
        StringBuilder all = new StringBuilder();
        turned.forEach(all::appendCodePoint);
        return all.toString();
    }

    private EncryptionKeys keys() {
        return new EncryptionKeys(config(), new Randomness());
    }

    private EncryptionKeysConfig config() {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(settings)
                .withMapping(EncryptionKeysConfig.class)
                .build()
                .getConfigMapping(EncryptionKeysConfig.class);
    }

    private String refused(String... parts) {
        String message = assertThrows(ConfigurationException.class, this::keys).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        return message;
    }
}
