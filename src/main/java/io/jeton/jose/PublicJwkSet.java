package io.jeton.jose;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A set of public keys (RFC 7517 §5). */
public record PublicJwkSet(List<PublicJwk> keys) {
    private static final int MOST_KEYS = 20;

    /**
     * @throws InvalidJwtException where it is no key set, holds more than 20 keys, a private one, or none that is of use;
     *     others that are not understood are left out (RFC 7517 §5)
     */
    public static PublicJwkSet read(String json) {
        JsonNode members =
                JsonObject.read(json.getBytes(StandardCharsets.UTF_8)).json().path("keys");
        if (!members.isArray() || members.size() > MOST_KEYS) {
            throw new InvalidJwtException("a key set has an array named keys, of at most 20");
        }
        List<PublicJwk> keys = new ArrayList<>();
        for (JsonNode member : members) {
            if (member.has("d") || member.has("k")) {
                throw new InvalidJwtException("the key set holds a key that is not public");
            }
            usable(member).ifPresent(keys::add);
        }
        if (keys.isEmpty()) {
            throw new InvalidJwtException("the key set holds no key of EC P-256, Ed25519 or RSA of 2048 bits and more");
        }
        return new PublicJwkSet(List.copyOf(keys));
    }

    private static Optional<PublicJwk> usable(JsonNode member) {
        try {
            return Optional.of(PublicJwk.read(member.toString()));
        } catch (InvalidJwtException e) {
            return Optional.empty();
        }
    }

    /** Whether one of the keys that may have signed the token did. */
    public boolean verifies(SignedJwt jwt) {
        return candidates(jwt).stream().anyMatch(key -> jwt.verify(key.key()));
    }

    /** Whether there is a key that may have signed the token: its id, where it names one, and its algorithm fit. */
    public boolean mayVerify(SignedJwt jwt) {
        return !candidates(jwt).isEmpty();
    }

    /** Whether one of them is this one, given as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
    public boolean holds(byte[] encoded) {
        return keys.stream().anyMatch(key -> MessageDigest.isEqual(key.key().getEncoded(), encoded));
    }

    private List<PublicJwk> candidates(SignedJwt jwt) {
        return keys.stream()
                .filter(key -> key.signs(jwt.algorithm()))
                .filter(key -> jwt.keyId().isEmpty() || key.keyId().equals(jwt.keyId()))
                .toList();
    }
}
