package io.jeton.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it lies in the database.
 *
 * @param retiredAt when it stopped signing; null until then
 * @param macVersion 0 to 255 for a MAC secret, null for a signing key
 * @param publicJwk the public members (RFC 7517 §4) as JSON, null for a MAC secret
 * @param sealedSecret the private key (PKCS #8), its label in the HSM, or the MAC secret, sealed
 */
record StoredKey(
        KeyTimes times,
        Custody custody,
        @Nullable Instant retiredAt,
        @Nullable Integer macVersion,
        @Nullable String publicJwk,
        byte[] sealedSecret) {
    String kid() {
        return times.kid();
    }

    /**
     * What the secret is sealed as: it does not open under another row's name, nor beside another public key. So whoever
     * can write to the database, and has no key-encryption key, cannot publish a key of his own.
     */
    static String context(Custody custody, String kid, KeyAlgorithm algorithm, @Nullable String publicJwk) {
        String kind = custody == Custody.HSM ? "hsm_key/" : "signing_key/";
        return kind + algorithm.value() + "/" + kid + "/" + (publicJwk == null ? "" : publicJwk);
    }

    String context() {
        return context(custody, times.kid(), times.algorithm(), publicJwk);
    }
}
