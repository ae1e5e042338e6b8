package io.jeton.keys;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Security;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SoftHSM2, an HSM in software: a token of its own for each JVM. Its library reads the file that the build names in
 * SOFTHSM2_CONF once for each process, so there is no second one.
 */
final class TestHsm {
    static final String PIN = "7531";

    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
            "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so");

    private static final String SLOT = "softhsm.slot";

    private TestHsm() {}

    /** Nothing where SoftHSM2 is not installed. */
    static Optional<String> library() {
        return LIBRARIES.stream()
                .filter(library -> Files.isReadable(Path.of(library)))
                .findFirst();
    }

    static void assumeInstalled() {
        assumeTrue(
                library().isPresent() && System.getenv("SOFTHSM2_CONF") != null,
                "skipped: SoftHSM2 is not installed (Debian: apt-get install softhsm2)");
    }

    /** How a service reaches the token; empty where there is none. */
    static Map<String, String> settings() {
        Optional<String> library = library();
        String configuration = System.getenv("SOFTHSM2_CONF");
        if (library.isEmpty() || configuration == null) {
            return Map.of();
        }
        // Profiles and tests have class loaders of their own; what they share is the JVM.
        synchronized (System.getProperties()) {
            if (System.getProperty(SLOT) == null) {
                System.setProperty(SLOT, initialize(Path.of(configuration)));
            }
        }
        return Map.of(
                "jeton.keys.pkcs11.library",
                library.get(),
                "jeton.keys.pkcs11.slot",
                System.getProperty(SLOT),
                "jeton.keys.pkcs11.pin",
                PIN,
                "jeton.keys.pkcs11.check-every",
                "PT1S");
    }

    static Map<String, String> with(String name, String value) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put(name, value);
        return settings;
    }

    /** The labels of the private keys in the token. */
    static Set<String> labels() throws GeneralSecurityException, IOException {
        return Set.copyOf(Collections.list(keyStore().aliases()));
    }

    /** What the Java platform says of a private key: where it is, and whether it comes out. */
    static String described(String label) throws GeneralSecurityException, IOException {
        Key key = keyStore().getKey(label, null);
        if (key.getEncoded() != null) {
            return "it came out";
        }
        return key.toString().replaceFirst(".* bits ?(.*)\\)", "$1");
    }

    /** A login is for all sessions of a process: as if the HSM had started anew. */
    static void logEverybodyOut() throws GeneralSecurityException, IOException {
        ((AuthProvider) keyStore().getProvider()).logout();
    }

    private static KeyStore keyStore() throws GeneralSecurityException, IOException {
        String configuration = "--name=Test\nlibrary=%s\nslot=%s\n"
                .formatted(settings().get("jeton.keys.pkcs11.library"), System.getProperty(SLOT));
        KeyStore store =
                KeyStore.getInstance("PKCS11", Security.getProvider("SunPKCS11").configure(configuration));
        for (int i = 0; i < 10; i++) {
            try {
                store.load(null, PIN.toCharArray());
                return store;
            } catch (IOException | RuntimeException e) {
                // One of them was made or deleted just while they were listed.
                if (!(e + " " + e.getCause())
                        .matches("(?s).*(CKR_OBJECT_HANDLE_INVALID|CKR_GENERAL_ERROR|Not a byte).*")) {
                    throw e;
                }
            }
        }
        throw new IOException("the keys of the token change all the time");
    }

    static Hsm none() {
        return hsm(Map.of());
    }

    /** As another replica has it. */
    static Hsm hsm(Map<String, String> settings) {
        return new Hsm(config(settings));
    }

    static Pkcs11Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(settings)
                .withMapping(Pkcs11Config.class)
                .build()
                .getConfigMapping(Pkcs11Config.class);
    }

    private static String initialize(Path configuration) {
        try {
            Path folder = Files.createDirectories(configuration.toAbsolutePath().getParent());
            Path tokens = Files.createTempDirectory(folder, "tokens");
            Files.writeString(configuration, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return run("softhsm2-util", "--init-token", "--free", "--label", "jeton", "--pin", PIN, "--so-pin", "24681357")
                .replaceFirst("(?s).*reassigned to slot (\\d+).*", "$1");
    }

    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command[0] + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
