package io.jeton.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The hash of a client secret: SHA-256, once. A client secret has at least 32 characters from a random source, so there
 * is nothing to guess and no need to be slow on the hot path; a password is hashed by {@link PasswordHash}.
 */
public final class SecretHash {
    private static final String PREFIX = "sha256:";

    private SecretHash() {}

    public static String of(String secret) {
        return PREFIX + Base64.getEncoder().encodeToString(sha256(secret));
    }

    /** Compares in constant time. */
    public static boolean matches(String hash, String presented) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), of(presented).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
