package io.jeton.device.fleet;

import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
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
            String json = JsonUtil.toJson(jwk.toParams(OutputControlLevel.PUBLIC_ONLY));
            check(json);
            return new DeviceKey(Optional.of(json), jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
        } catch (BadLineException e) {
            throw e;
        } catch (JoseException | RuntimeException e) {
            throw new BadLineException(NOT_A_KEY);
        }
    }

    /** A key that no assertion could use is not enrolled. */
    private static void check(String json) {
        try {
            var unused = PublicJwk.read(json);
        } catch (InvalidJwtException e) {
            throw new BadLineException(UNFIT);
        }
    }
}
