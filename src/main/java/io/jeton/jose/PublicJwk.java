package io.jeton.jose;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * A public key somebody signs with (RFC 7517 §4): P-256, Ed25519, or RSA of 2048 bits and more.
 *
 * @param thumbprint RFC 7638, SHA-256
 * @param json the key's public members
 */
public record PublicJwk(Optional<String> keyId, String thumbprint, PublicKey key, String json) {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096;

    /** @throws InvalidJwtException where the key is none of those, or private */
    public static PublicJwk read(String json) {
        // Bounds and duplicate names, before the library looks at it.
        if (JsonObject.read(json.getBytes(StandardCharsets.UTF_8)).has("d")) {
            throw new InvalidJwtException("the key is private: whoever has seen it can sign with it");
        }
        try {
            JsonWebKey jwk = JsonWebKey.Factory.newJwk(json);
            if (jwk instanceof PublicJsonWebKey known && isUsable(known)) {
                return new PublicJwk(
                        Optional.ofNullable(jwk.getKeyId()),
                        known.calculateBase64urlEncodedThumbprint("SHA-256"),
                        known.getPublicKey(),
                        known.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            }
        } catch (JoseException | IllegalArgumentException e) {
            throw new InvalidJwtException("the key is malformed");
        }
        throw new InvalidJwtException(
                "the key is none of EC P-256, Ed25519 and RSA of 2048 to 4096 bits for signatures");
    }

    /** Whether the key may make signatures of this algorithm (RFC 8725 §3.1: a key is for one algorithm's family). */
    public boolean signs(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> key.getAlgorithm().equals("EC");
            case "EdDSA" ->
                key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519");
            case "RS256", "PS256" -> key.getAlgorithm().equals("RSA");
            default -> false;
        };
    }

    private static boolean isUsable(PublicJsonWebKey jwk) {
        if (jwk.getUse() != null && !jwk.getUse().equals("sig")) {
            return false;
        }
        if (jwk instanceof EllipticCurveJsonWebKey curve) {
            return "P-256".equals(curve.getCurveName());
        }
        if (jwk instanceof OctetKeyPairJsonWebKey pair) {
            return OctetKeyPairJsonWebKey.SUBTYPE_ED25519.equals(pair.getSubtype());
        }
        return jwk instanceof RsaJsonWebKey
                && jwk.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                && rsa.getModulus().bitLength() <= MOST_RSA_BITS;
    }

    @Override
    public String toString() {
        return "PublicJwk[" + thumbprint + "]";
    }
}
