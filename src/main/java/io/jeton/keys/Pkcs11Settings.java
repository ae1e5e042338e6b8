package io.jeton.keys;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How to reach a PKCS #11 token, checked. */
record Pkcs11Settings(String library, String slot, char[] pin, Set<KeyAlgorithm> algorithms) {
    private static final String PREFIX = "jeton.keys.pkcs11.";

    /**
     * Nothing where no library is configured.
     *
     * @throws ConfigurationException naming the property
     */
    static Optional<Pkcs11Settings> of(Pkcs11Config config) {
        if (config.library().isEmpty()) {
            require(
                    config.slot().isEmpty()
                            && config.slotListIndex().isEmpty()
                            && config.pin().isEmpty()
                            && config.pinFile().isEmpty(),
                    PREFIX + "library is missing: set it to the vendor's PKCS #11 library");
            return Optional.empty();
        }
        return Optional.of(
                new Pkcs11Settings(library(config.library().get()), slot(config), pin(config), algorithms(config)));
    }

    private static String library(String configured) {
        String library = configured.strip();
        require(
                library.startsWith("/")
                        && library.matches("[^\"\\\\\\p{Cntrl}]+")
                        && Files.isReadable(Path.of(library)),
                PREFIX + "library must be the absolute path of a library that the service can read");
        return library;
    }

    private static String slot(Pkcs11Config config) {
        require(
                config.slot().isPresent() != config.slotListIndex().isPresent(),
                "set one of " + PREFIX + "slot and " + PREFIX + "slot-list-index");
        return config.slot().isPresent()
                ? "slot=" + config.slot().getAsLong()
                : "slotListIndex=" + config.slotListIndex().getAsInt();
    }

    private static char[] pin(Pkcs11Config config) {
        require(
                config.pin().isPresent() != config.pinFile().isPresent(),
                "set one of " + PREFIX + "pin and " + PREFIX + "pin-file");
        String pin = config.pin()
                .or(() -> config.pinFile().map(Pkcs11Settings::read))
                .orElseThrow();
        require(!pin.isEmpty(), PREFIX + "pin must not be empty");
        return pin.toCharArray();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file.strip())).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationException(PREFIX + "pin-file must name a file that the service can read", e);
        }
    }

    private static Set<KeyAlgorithm> algorithms(Pkcs11Config config) {
        Set<KeyAlgorithm> algorithms = EnumSet.noneOf(KeyAlgorithm.class);
        for (String name : config.algorithms()) {
            require(
                    name.strip().matches("ES256|RS256"),
                    PREFIX + "algorithms: " + name.strip()
                            + " must be ES256 or RS256; the Java platform has no EdDSA by"
                            + " PKCS #11, and the secret that seals refresh tokens stays in the database");
            algorithms.add(KeyAlgorithm.of(name.strip()));
        }
        return algorithms;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }

    /** Without the PIN. */
    @Override
    public String toString() {
        return "Pkcs11Settings[" + library + ", " + slot + "]";
    }
}
