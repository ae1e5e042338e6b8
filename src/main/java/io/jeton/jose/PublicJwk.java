package io.jeton.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.util.List;
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
 * @param algorithm the one it is for, where it says so (RFC 7517 §4.4)
 * @param thumbprint RFC 7638, SHA-256
 * @param json the key's public members
 */
public record PublicJwk(
        Optional<String> keyId, Optional<String> algorithm, String thumbprint, PublicKey key, String json) {
    /** All that counts here. Certificates and the like are not even parsed. */
    private static final List<String> MEMBERS = List.of("kty", "crv", "x", "y", "n", "e", "kid", "use", "alg");

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096;
    /** Each bit is work for whoever verifies; nobody needs more than 65537. */
    private static final int MOST_EXPONENT_BITS = 32;

    /** @throws InvalidJwtException where the key is none of those, or private */
    public static PublicJwk read(String json) {
        // Bounds and duplicate names, before the library looks at it.
        JsonNode members =
                JsonObject.read(json.getBytes(StandardCharsets.UTF_8)).json();
        if (members.has("d")) {
            throw new InvalidJwtException("the key is private: whoever has seen it can sign with it");
        }
        try {
            JsonWebKey jwk = JsonWebKey.Factory.newJwk(
                    members.<ObjectNode>deepCopy().retain(MEMBERS).toString());
            if (jwk instanceof PublicJsonWebKey known && isUsable(known)) {
                return new PublicJwk(
                        Optional.ofNullable(jwk.getKeyId()),
                        Optional.ofNullable(jwk.getAlgorithm()),
                        known.calculateBase64urlEncodedThumbprint("SHA-256"),
                        known.getPublicKey(),
                        known.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            }
        } catch (JoseException | RuntimeException e) {
            // Whatever the library makes of what strangers send: it is no key.
            throw new InvalidJwtException("the key is malformed");
        }
        throw new InvalidJwtException(
                "the key is none of EC P-256, Ed25519 and RSA of 2048 to 4096 bits for signatures");
    }

    /** Whether the key may make signatures of this algorithm (RFC 8725 §3.1: a key is for one algorithm). */
    public boolean signs(String algorithm) {
        return isOfFamily(key, algorithm)
                && this.algorithm.filter(own -> !own.equals(algorithm)).isEmpty();
    }

    private static boolean isOfFamily(PublicKey key, String algorithm) {
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
        if (jwk.getAlgorithm() != null && !isOfFamily(jwk.getPublicKey(), jwk.getAlgorithm())) {
            return false;
        }
        if (jwk instanceof EllipticCurveJsonWebKey curve) {
            return "P-256".equals(curve.getCurveName()) && isOnItsCurve((ECPublicKey) curve.getPublicKey());
        }
        if (jwk instanceof OctetKeyPairJsonWebKey pair) {
            return OctetKeyPairJsonWebKey.SUBTYPE_ED25519.equals(pair.getSubtype());
        }
        return jwk instanceof RsaJsonWebKey && jwk.getPublicKey() instanceof RSAPublicKey rsa && isBounded(rsa);
    }

    private static boolean isBounded(RSAPublicKey rsa) {
        return rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                && rsa.getModulus().bitLength() <= MOST_RSA_BITS
                && rsa.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
    }

    /** RFC 8725 §3.4. */
    private static boolean isOnItsCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    @Override
    public String toString() {
        return "PublicJwk[" + thumbprint + "]";
    }
}
