package io.jeton.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Password hashes: PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2), written {@code pbkdf2-sha256$iterations$salt$hash} so that the
 * work can be raised later. Slow on purpose: call it on a worker thread.
 */
public final class PasswordHash {
    /** OWASP's figure for PBKDF2-HMAC-SHA-256. */
    static final int ITERATIONS = 600_000;

    private static final String SCHEME = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private static final int LEAST_ITERATIONS = 100_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final Pattern FORM =
            Pattern.compile(SCHEME + "\\$([0-9]{1,8})\\$([A-Za-z0-9+/=]{1,200})\\$([A-Za-z0-9+/=]{1,200})");

    private PasswordHash() {}

    public static String of(String password, Randomness randomness) {
        byte[] salt = randomness.bytes(SALT_BYTES);
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                "$",
                SCHEME,
                String.valueOf(ITERATIONS),
                base64.encodeToString(salt),
                base64.encodeToString(derive(password, salt, ITERATIONS)));
    }

    /** Compares in constant time. */
    public static boolean matches(String hash, String password) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalStateException("a stored password hash has an unknown form");
        }
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] derived = derive(password, salt, Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(Base64.getDecoder().decode(parts[3]), derived);
    }

    /** Whether this is a hash that {@link #matches} can read, and neither weak nor too much work. */
    public static boolean isSound(String hash) {
        Matcher parts = FORM.matcher(hash);
        if (!parts.matches()) {
            return false;
        }
        int iterations = Integer.parseInt(parts.group(1));
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return iterations >= LEAST_ITERATIONS
                    && iterations <= MOST_ITERATIONS
                    && base64.decode(parts.group(2)).length >= SALT_BYTES
                    && base64.decode(parts.group(3)).length == HASH_BITS / Byte.SIZE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2 with HMAC-SHA-256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
