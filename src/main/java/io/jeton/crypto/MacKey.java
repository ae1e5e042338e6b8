package io.jeton.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A versioned secret that seals opaque tokens: HMAC-SHA-256 (RFC 2104). */
public final class MacKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final int version;
    private final SecretKey secret;

    /**
     * @param version 0 to 255: one byte of every token it seals
     * @param secret 32 bytes
     */
    public MacKey(int version, byte[] secret) {
        if (version < 0 || version > 255) {
            throw new IllegalArgumentException("a MAC key's version is one byte");
        }
        this.version = version;
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    public int version() {
        return version;
    }

    /**
     * The tag of some bytes.
     *
     * @param purpose keeps the tags of one use from being valid in another; must not hold a zero byte
     */
    public byte[] tag(String purpose, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "MacKey[" + version + "]";
    }
}
