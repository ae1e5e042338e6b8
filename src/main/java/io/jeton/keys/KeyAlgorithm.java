package io.jeton.keys;

import java.util.Arrays;

/** What a key is for. Every algorithm always has a key that is in force and a next one. */
public enum KeyAlgorithm {
    /** ECDSA on P-256: RFC 7518 §3.4. */
    ES256("ES256", "SHA256withECDSAinP1363Format"),
    /** RSA PKCS #1 v1.5, 2048 bits: RFC 7518 §3.3; OpenID Connect Core §15.1 demands it. */
    RS256("RS256", "SHA256withRSA"),
    /** Ed25519: RFC 8037 §3.1. */
    EDDSA("EdDSA", "Ed25519"),
    /** The secret which seals opaque tokens; never published. */
    HMAC("HMAC", "HmacSHA256");

    private final String value;
    private final String jcaName;

    KeyAlgorithm(String value, String jcaName) {
        this.value = value;
        this.jcaName = jcaName;
    }

    /** The {@code alg} value, where the key signs. */
    public String value() {
        return value;
    }

    /** What the Java platform calls it. */
    String jcaName() {
        return jcaName;
    }

    public boolean signs() {
        return this != HMAC;
    }

    /** @throws IllegalArgumentException where there is no such algorithm */
    public static KeyAlgorithm of(String value) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.value.equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown algorithm " + value));
    }
}
