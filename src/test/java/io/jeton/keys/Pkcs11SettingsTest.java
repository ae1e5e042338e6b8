package io.jeton.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is configured of an HSM, before it is asked. */
class Pkcs11SettingsTest {
    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    Path folder;

    @Test
    void withoutALibraryThereIsNone() {
        assertEquals(Optional.empty(), settings());
        put("slot", "1");
        refused("library");
    }

    @Test
    void aPinComesFromTheSettingsOrAFile() throws Exception {
        complete();
        assertEquals("2468", new String(settings().orElseThrow().pin()));
        put("pin-file", Files.writeString(folder.resolve("pin"), "1357\n").toString());
        refused("set one of", "pin-file");
        settings.remove("jeton.keys.pkcs11.pin");
        assertEquals("1357", new String(settings().orElseThrow().pin()));
        put("pin-file", folder.resolve("nowhere").toString());
        refused("pin-file");
        settings.remove("jeton.keys.pkcs11.pin-file");
        refused("set one of", "pin-file");
    }

    @Test
    void aSlotIsNamedOnce() throws Exception {
        complete();
        assertEquals("slot=5", settings().orElseThrow().slot());
        put("slot-list-index", "0");
        refused("slot-list-index");
        settings.remove("jeton.keys.pkcs11.slot");
        assertEquals("slotListIndex=0", settings().orElseThrow().slot());
        settings.remove("jeton.keys.pkcs11.slot-list-index");
        refused("slot-list-index");
    }

    @Test
    void whatTheJavaPlatformCannotDoIsRefused() throws Exception {
        complete();
        assertEquals(
                Set.of(KeyAlgorithm.ES256, KeyAlgorithm.RS256),
                settings().orElseThrow().algorithms());
        put("algorithms", "RS256");
        assertEquals(Set.of(KeyAlgorithm.RS256), settings().orElseThrow().algorithms());
        for (String other : new String[] {"EdDSA", "HMAC", "ES256,none"}) {
            put("algorithms", other);
            refused("jeton.keys.pkcs11.algorithms", "ES256 or RS256");
        }
    }

    @Test
    void aLibraryIsAFile() throws Exception {
        complete();
        for (String bad : new String[] {"libsofthsm2.so", "/nowhere/libsofthsm2.so", "/a\"\nname=x"}) {
            put("library", bad);
            refused("jeton.keys.pkcs11.library");
        }
    }

    @Test
    void thePinIsNotWrittenOut() throws Exception {
        complete();
        assertFalse(settings().orElseThrow().toString().contains("2468"));
    }

    @Test
    void aLibraryThatIsNoneStopsTheStart() throws Exception {
        complete();
        String message = assertThrows(ConfigurationException.class, () -> TestHsm.hsm(settings))
                .getMessage();
        assertTrue(message.contains("jeton.keys.pkcs11") && !message.contains("2468"), message);
    }

    private void complete() throws Exception {
        put("library", Files.writeString(folder.resolve("library.so"), "none").toString());
        put("slot", "5");
        put("pin", "2468");
    }

    private void put(String name, String value) {
        settings.put("jeton.keys.pkcs11." + name, value);
    }

    private Optional<Pkcs11Settings> settings() {
        return Pkcs11Settings.of(TestHsm.config(settings));
    }

    private void refused(String... parts) {
        String message =
                assertThrows(ConfigurationException.class, this::settings).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
