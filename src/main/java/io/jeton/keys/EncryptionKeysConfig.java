package io.jeton.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the keys come from that seal whatever is secret in the database: from outside of it. */
@ConfigMapping(prefix = "jeton.keys")
interface EncryptionKeysConfig {
    /** The key that seals: 32 bytes in base64. Who has it and a copy of the database can issue tokens. */
    Optional<String> encryptionKey();

    /** Instead: a file that holds it. Read again every {@code check-every}. */
    Optional<String> encryptionKeyFile();

    /** Instead: a program that writes it to its standard output, and its arguments, with blanks between them; no shell. */
    Optional<String> encryptionKeyCommand();

    /** A file that the program finds on its standard input: the wrapped key. */
    Optional<String> encryptionKeyCommandInput();

    /** Former keys, comma-separated, which open what they sealed until that is sealed anew. */
    Optional<List<String>> previousEncryptionKeys();

    /** Instead: a file with one on each line; it may be empty. Read again every {@code check-every}. */
    Optional<String> previousEncryptionKeysFile();

    /** Instead: a program that writes one on each line. */
    Optional<String> previousEncryptionKeysCommand();

    /** A file that this program finds on its standard input. */
    Optional<String> previousEncryptionKeysCommandInput();

    /** How long a program may take. */
    @WithDefault("PT10S")
    Duration encryptionKeyTimeout();
}
