package io.jeton.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The hash of a client secret: SHA-256, once. A client secret has at least 32 characters from a random source, so there
 * is nothing to guess and no need to be slow on the hot path; a password is hashed by {@link PasswordHash}.
 */
public final class SecretHash {
    private static final String PREFIX = "sha256:";

    private SecretHash() {}

    public static String of(String secret) {
        return PREFIX + Base64.getEncoder().encodeToString(Sha256.of(secret));
    }

    /** Compares in constant time. */
    public static boolean matches(String hash, String presented) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), of(presented).getBytes(StandardCharsets.US_ASCII));
    }
}
