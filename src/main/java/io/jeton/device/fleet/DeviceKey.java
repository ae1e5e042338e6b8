package io.jeton.device.fleet;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The key of a device that is enrolled: RFC 7517, with its thumbprint of RFC 7638 by SHA-256.
 *
 * @param publicJwk the members that make the key, and no others; empty where only the thumbprint is known
 */
record DeviceKey(Optional<String> publicJwk, String thumbprint) {
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final List<String> MAKES_THE_KEY = List.of("kty", "crv", "x", "y", "n", "e");
    private static final Pattern SHA256 = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int SMALLEST_RSA = 2048;
    private static final int LARGEST_RSA = 4096;
    private static final int ED25519_BYTES = 32;
    private static final String NOT_A_KEY = "public_jwk is not a public key (RFC 7517)";
    private static final String UNFIT =
            "public_jwk must be an EC key on P-256, an Ed25519 key, or an RSA key of 2048 to 4096 bits";

    /** @throws BadLineException where it is not a thumbprint */
    static DeviceKey ofThumbprint(String text) {
        // The last character carries two bits that must be zero: two spellings would be two devices.
        if (!SHA256.matcher(text).matches() || "AEIMQUYcgkosw048".indexOf(text.charAt(42)) < 0) {
            throw new BadLineException("key_thumbprint is not a SHA-256 thumbprint in base64url, 43 characters");
        }
        return new DeviceKey(Optional.empty(), text);
    }

    /** @throws BadLineException where it is not a public key that a device may have */
    static DeviceKey ofJwk(Map<String, ?> members) {
        if (PRIVATE.stream().anyMatch(members::containsKey)) {
            throw new BadLineException(
                    "public_jwk holds a private or a secret key: it is compromised now, give the device"
                            + " another one");
        }
        if (members.containsKey("use") && !"sig".equals(members.get("use"))) {
            throw new BadLineException("public_jwk is not for signatures");
        }
        Map<String, Object> key = new TreeMap<>();
        MAKES_THE_KEY.forEach(name -> {
            Object member = members.get(name);
            if (member != null) {
                key.put(name, member);
            }
        });
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
            check(jwk);
            String json = JsonUtil.toJson(jwk.toParams(OutputControlLevel.PUBLIC_ONLY));
            return new DeviceKey(Optional.of(json), jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
        } catch (BadLineException e) {
            throw e;
        } catch (JoseException | RuntimeException e) {
            throw new BadLineException(NOT_A_KEY);
        }
    }

    private static void check(PublicJsonWebKey jwk) {
        boolean fits;
        if (jwk instanceof EllipticCurveJsonWebKey ec) {
            fits = "P-256".equals(ec.getCurveName()) && isOnCurve((ECPublicKey) ec.getPublicKey());
        } else if (jwk instanceof RsaJsonWebKey rsa) {
            int bits = rsa.getRsaPublicKey().getModulus().bitLength();
            BigInteger exponent = rsa.getRsaPublicKey().getPublicExponent();
            fits = bits >= SMALLEST_RSA && bits <= LARGEST_RSA && exponent.testBit(0) && exponent.bitLength() > 1;
        } else if (jwk instanceof OctetKeyPairJsonWebKey octets) {
            Map<String, Object> members = octets.toParams(OutputControlLevel.PUBLIC_ONLY);
            fits = "Ed25519".equals(members.get("crv"))
                    && Base64.getUrlDecoder().decode(String.valueOf(members.get("x"))).length == ED25519_BYTES;
        } else {
            fits = false;
        }
        if (!fits) {
            throw new BadLineException(UNFIT);
        }
    }

    /** A point beside the curve is no key (RFC 7518 §6.2.1 leaves it to whoever reads it). */
    private static boolean isOnCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        ECPoint point = key.getW();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.multiply(y).subtract(right).mod(p).signum() == 0;
    }
}
