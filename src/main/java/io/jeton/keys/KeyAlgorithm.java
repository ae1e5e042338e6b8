package io.jeton.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/** What a key is for. Every algorithm always has a key that is in force and a next one. */
public enum KeyAlgorithm {
    /** ECDSA on P-256: RFC 7518 §3.4. */
    ES256("ES256", "SHA256withECDSAinP1363Format", "EC"),
    /** RSA PKCS #1 v1.5, 2048 bits: RFC 7518 §3.3; OpenID Connect Core §15.1 demands it. */
    RS256("RS256", "SHA256withRSA", "RSA"),
    /** Ed25519: RFC 8037 §3.1. */
    EDDSA("EdDSA", "Ed25519", "Ed25519"),
    /** The secret which seals opaque tokens; never published. */
    HMAC("HMAC", "HmacSHA256", "HmacSHA256");

    private static final int RSA_BITS = 2048;

    private final String value;
    private final String jcaName;
    private final String keyType;

    KeyAlgorithm(String value, String jcaName, String keyType) {
        this.value = value;
        this.jcaName = jcaName;
        this.keyType = keyType;
    }

    /** The {@code alg} value, where the key signs. */
    public String value() {
        return value;
    }

    /** What the Java platform calls it. */
    String jcaName() {
        return jcaName;
    }

    /** What the Java platform calls its keys. */
    String keyType() {
        return keyType;
    }

    /** A pair of the length that the algorithm asks for. */
    KeyPair generate(KeyPairGenerator generator) throws GeneralSecurityException {
        if (this == ES256) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else if (this == RS256) {
            generator.initialize(RSA_BITS);
        }
        return generator.generateKeyPair();
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
