package io.jeton.keys;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Key-encryption keys as they are configured: themselves, a file that holds them, or a program that tells them. */
record EncryptionKeySource(
        String property, Optional<List<String>> keys, Optional<String> file, Optional<SecretCommand> command) {
    private static final int KEY_BYTES = 32;
    private static final int LARGEST = 64 * 1024;

    /** @throws ConfigurationException where more than one is configured */
    EncryptionKeySource {
        long given = Stream.of(keys, file, command).filter(Optional::isPresent).count();
        require(
                given <= 1,
                "set one of " + property + ", " + property + "-file and " + property + "-command, and not " + given);
    }

    static EncryptionKeySource ofCurrent(EncryptionKeysConfig config) {
        String property = "jeton.keys.encryption-key";
        return new EncryptionKeySource(
                property,
                config.encryptionKey().map(List::of),
                config.encryptionKeyFile(),
                command(
                        property,
                        config.encryptionKeyCommand(),
                        config.encryptionKeyCommandInput(),
                        config.encryptionKeyTimeout()));
    }

    static EncryptionKeySource ofPrevious(EncryptionKeysConfig config) {
        String property = "jeton.keys.previous-encryption-keys";
        return new EncryptionKeySource(
                property,
                config.previousEncryptionKeys(),
                config.previousEncryptionKeysFile(),
                command(
                        property,
                        config.previousEncryptionKeysCommand(),
                        config.previousEncryptionKeysCommandInput(),
                        config.encryptionKeyTimeout()));
    }

    private static Optional<SecretCommand> command(
            String property, Optional<String> command, Optional<String> input, Duration timeout) {
        require(
                input.isEmpty() || command.isPresent(),
                property + "-command-input is of no use without " + property + "-command");
        return command.map(line -> SecretCommand.of(property + "-command", line, input.map(Path::of), timeout));
    }

    /**
     * The key that seals. Blocking.
     *
     * @throws ConfigurationException naming the property, and never what it says
     */
    byte[] readOne() {
        require(
                keys.isPresent() || file.isPresent() || command.isPresent(),
                "no key-encryption key: set " + property + ", " + property + "-file or " + property + "-command");
        List<byte[]> all = readAll();
        require(all.size() == 1, source() + " must give one key, and not " + all.size());
        return all.get(0);
    }

    /** All keys, none where nothing is configured. Blocking. */
    List<byte[]> readAll() {
        return lines().map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(this::decode)
                .toList();
    }

    /** Whether what it gives may change while we run. */
    boolean isFile() {
        return file.isPresent();
    }

    private Stream<String> lines() {
        if (keys.isPresent()) {
            return keys.get().stream();
        }
        return file.map(this::read)
                .or(() -> command.map(SecretCommand::run))
                .map(String::lines)
                .orElseGet(Stream::empty);
    }

    private String read(String path) {
        try (InputStream input = Files.newInputStream(Path.of(path.strip()))) {
            return new String(input.readNBytes(LARGEST), StandardCharsets.US_ASCII);
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationException(source() + " must name a file that the service can read", e);
        }
    }

    private byte[] decode(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        require(
                key.length == KEY_BYTES,
                source() + " must give 32 bytes in base64: make a key with \"openssl rand -base64 32\"");
        return key;
    }

    private String source() {
        return property + (file.isPresent() ? "-file" : command.isPresent() ? "-command" : "");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "EncryptionKeySource[" + source() + "]";
    }
}
