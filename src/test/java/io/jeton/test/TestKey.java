package io.jeton.test;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A key pair of a client or a device, and what it signs. */
public final class TestKey {
    private final PublicJsonWebKey jwk;
    private final String algorithm;

    private TestKey(PublicJsonWebKey jwk, String algorithm) {
        this.jwk = jwk;
        this.algorithm = algorithm;
        jwk.setKeyId(UUID.randomUUID().toString());
    }

    public static TestKey es256() {
        return make(() -> new TestKey(EcJwkGenerator.generateJwk(EllipticCurves.P256), "ES256"));
    }

    /** A pair on P-256 that is there already. */
    public static TestKey of(PublicKey key, PrivateKey secret) {
        EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey((ECPublicKey) key);
        jwk.setPrivateKey(secret);
        return new TestKey(jwk, "ES256");
    }

    public static TestKey rs256() {
        return make(() -> new TestKey(RsaJwkGenerator.generateJwk(2048), "RS256"));
    }

    public static TestKey eddsa() {
        return make(() -> new TestKey(OkpJwkGenerator.generateJwk("Ed25519"), "EdDSA"));
    }

    public PublicJsonWebKey jwk() {
        return jwk;
    }

    public String publicJson() {
        return jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /** A key set with this key alone. */
    public String set() {
        return "{\"keys\":[" + publicJson() + "]}";
    }

    public String thumbprint() {
        return make(() -> jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
    }

    /** A client assertion as it should be. */
    public String assertion(String client, String audience, String... other) {
        return sign(Map.of("kid", jwk.getKeyId()), claims(client, audience, other));
    }

    /** The claims of a client assertion; what is named more replaces them, a value "-" leaves one out. */
    public static Map<String, Object> claims(String client, String audience, String... other) {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "iss",
                client,
                "sub",
                client,
                "aud",
                audience,
                "exp",
                now + 60,
                "iat",
                now,
                "jti",
                UUID.randomUUID().toString()));
        replace(claims, other);
        return claims;
    }

    /** A DPoP proof as it should be; what is named more replaces its claims. */
    public String proof(String method, String uri, String... other) {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "htm",
                method,
                "htu",
                uri,
                "iat",
                System.currentTimeMillis() / 1000,
                "jti",
                UUID.randomUUID().toString()));
        replace(claims, other);
        return sign(Map.of("typ", "dpop+jwt", "jwk", make(() -> JsonUtil.parseJson(publicJson()))), claims);
    }

    /** A token of these claims; the header may say anything, {@code alg} too. */
    public String sign(Map<String, Object> header, Map<String, Object> claims) {
        return sign(header, JsonUtil.toJson(claims));
    }

    /** The same of whatever payload. */
    public String sign(Map<String, Object> header, String payload) {
        return make(() -> {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            jws.setAlgorithmHeaderValue(algorithm);
            header.forEach((name, value) -> jws.getHeaders().setObjectHeaderValue(name, value));
            jws.setPayload(payload);
            jws.setKey(jwk.getPrivateKey());
            return jws.getCompactSerialization();
        });
    }

    private static void replace(Map<String, Object> claims, String... other) {
        for (int i = 0; i < other.length; i += 2) {
            if (other[i + 1].equals("-")) {
                claims.remove(other[i]);
            } else if (other[i + 1].matches("-?[0-9]+")) {
                claims.put(other[i], Long.parseLong(other[i + 1]));
            } else {
                claims.put(other[i], other[i + 1]);
            }
        }
    }

    private interface Making<T> {
        T make() throws JoseException;
    }

    private static <T> T make(Making<T> making) {
        try {
            return making.make();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
