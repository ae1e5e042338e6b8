package io.jeton.test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * What attackers make of a JWT: RFC 8725 §2. Of a genuine header, genuine claims and whoever signs genuinely by ES256, a
 * signature where only the attack differs.
 */
public final class ForgedJwts {
    private static final int LONG = 5000;

    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final Genuine genuine;
    private final PublicJsonWebKey publicKey;
    private final Map<String, String> forged = new LinkedHashMap<>();

    /** Whoever signs genuinely. */
    public interface Genuine {
        String sign(Map<String, Object> header, String payload);
    }

    /** @param publicKey the genuine one, which everybody knows */
    public ForgedJwts(
            Map<String, Object> header, Map<String, Object> claims, Genuine genuine, PublicJsonWebKey publicKey) {
        this.header = header;
        this.claims = claims;
        this.genuine = genuine;
        this.publicKey = publicKey;
    }

    /** By the attack's name. */
    public Map<String, String> all(String listener) throws JoseException {
        noAlgorithm();
        secretsFromPublicKeys();
        keysOfTheirOwn(listener);
        extensions();
        otherTypes();
        damaged();
        return forged;
    }

    private void noAlgorithm() throws JoseException {
        String signature = part(good(), 2);
        for (String none : List.of("none", "None", "NONE", "nOnE", "", "ES257", "HS256", "RS256", "EdDSA")) {
            forged.put("alg '" + none + "', unsigned", unsigned(with("alg", none)) + ".");
            forged.put("alg '" + none + "', signed by another", unsigned(with("alg", none)) + "." + signature);
        }
        forged.put("no alg", unsigned(header) + "." + signature);
        forged.put("a signature of zeros", unsigned(with("alg", "ES256")) + "." + base64(new byte[64]));
    }

    private void secretsFromPublicKeys() throws JoseException {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(publicKey.getPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        String jwk = publicKey.toJson(PublicJsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        Map<String, byte[]> secrets = Map.of(
                "its DER", publicKey.getPublicKey().getEncoded(),
                "its JWK", jwk.getBytes(StandardCharsets.UTF_8),
                "its set", ("{\"keys\":[" + jwk + "]}").getBytes(StandardCharsets.UTF_8),
                "its PEM", pem.getBytes(StandardCharsets.UTF_8),
                "zeros", new byte[32]);
        for (Map.Entry<String, byte[]> secret : new TreeMap<>(secrets).entrySet()) {
            forged.put("HS256 by the public key, " + secret.getKey(), mac(header, claims, secret.getValue()));
        }
    }

    /** Signed by a secret that is none. */
    public static String mac(Map<String, Object> header, Map<String, Object> claims, byte[] secret)
            throws JoseException {
        JsonWebSignature jws = jws(header, JsonUtil.toJson(claims));
        jws.setAlgorithmHeaderValue("HS256");
        jws.setKey(new HmacKey(secret));
        return jws.getCompactSerialization();
    }

    private void keysOfTheirOwn(String listener) throws JoseException {
        TestKey own = TestKey.es256();
        Map<String, Object> jwk = JsonUtil.parseJson(own.publicJson());
        String payload = JsonUtil.toJson(claims);
        forged.put("another key", own.sign(header, payload));
        for (Map.Entry<String, Object> pointer : new TreeMap<String, Object>(Map.of(
                        "jku",
                        listener,
                        "x5u",
                        listener,
                        "x5c",
                        List.of("MIIB"),
                        "x5t",
                        "x",
                        "kid",
                        own.jwk().getKeyId()))
                .entrySet()) {
            forged.put(
                    "another key by " + pointer.getKey(),
                    own.sign(with(pointer.getKey(), pointer.getValue()), payload));
        }
        for (Object kid : List.of(
                "",
                "../../../dev/null",
                "../../etc/passwd",
                "' or '1'='1",
                "' or 1=1 --",
                "\u0000",
                "x".repeat(300),
                5)) {
            forged.put("another key by the kid " + kid, own.sign(with("kid", kid), payload));
        }
        Map<String, Object> nameless = new LinkedHashMap<>(header);
        nameless.remove("kid");
        forged.put("another key that has no name", own.sign(nameless, payload));
        forged.put("another key, and crit", own.sign(with("crit", List.of("exp"), "exp", 1), payload));
        if (!header.containsKey("jwk")) {
            forged.put("another key that it brings", own.sign(with("jwk", jwk), payload));
            forged.put(
                    "another key that it brings by its kid",
                    own.sign(with("jwk", jwk, "kid", jwk.get("kid")), payload));
        }
    }

    private void extensions() throws JoseException {
        String payload = JsonUtil.toJson(claims);
        forged.put("crit", genuine.sign(with("crit", List.of("exp"), "exp", 1), payload));
        forged.put("crit of nothing", genuine.sign(with("crit", List.of()), payload));
        forged.put("crit that is no list", genuine.sign(with("crit", "exp"), payload));
        forged.put("b64", genuine.sign(with("b64", true, "crit", List.of("b64")), payload));
        forged.put("zip", genuine.sign(with("zip", "DEF"), payload));
        forged.put("enc", genuine.sign(with("enc", "A128GCM"), payload));
    }

    private void otherTypes() {
        String payload = JsonUtil.toJson(claims);
        List<String> types = List.of(
                "at+jwt", "dpop+jwt", "statuslist+jwt", "secevent+jwt", "logout+jwt", "token-introspection+jwt", "");
        for (String type : types) {
            if (!type.equals(header.get("typ"))) {
                forged.put("typ '" + type + "'", genuine.sign(with("typ", type), payload));
            }
        }
        forged.put("typ that is no text", genuine.sign(with("typ", 1), payload));
    }

    private void damaged() throws JoseException {
        String good = good();
        String payload = JsonUtil.toJson(claims);
        forged.put("cut", good.substring(0, good.length() - 4));
        forged.put(
                "cut in front",
                part(good, 0) + "." + part(good, 1) + "." + part(good, 2).substring(4));
        forged.put("cut to nothing", ".");
        forged.put("two parts", part(good, 0) + "." + part(good, 1));
        forged.put("four parts", good + "." + part(good, 2));
        forged.put("five parts", good + "." + part(good, 2) + "." + part(good, 2));
        forged.put("no signature", part(good, 0) + "." + part(good, 1) + ".");
        forged.put("padded", part(good, 0) + "." + part(good, 1) + "." + part(good, 2) + "==");
        forged.put("padded claims", part(good, 0) + "." + part(good, 1) + "=." + part(good, 2));
        forged.put(
                "not base64url",
                part(good, 0) + "." + part(good, 1) + ".+/" + part(good, 2).substring(2));
        forged.put("long", genuine.sign(header, payload.replaceFirst("\\{", "{\"x\":\"" + "x".repeat(LONG) + "\",")));
        String deep = "[".repeat(100) + "]".repeat(100);
        forged.put("deep claims", genuine.sign(header, payload.replaceFirst("\\{", "{\"x\":" + deep + ",")));
        forged.put(
                "deeper claims that nobody signed",
                part(good, 0) + "." + base64("{\"deep\":" + "[".repeat(500) + "]".repeat(500) + "}") + "."
                        + part(good, 2));
        forged.put(
                "a deep header",
                base64(json(with("alg", "ES256")).replaceFirst("\\{", "{\"x\":" + deep + ",")) + "." + part(good, 1)
                        + "." + part(good, 2));
        forged.put("a claim twice", genuine.sign(header, payload.replaceFirst("\\{", "{\"jti\":\"other\",")));
        forged.put("claims that are no object", genuine.sign(header, "[" + payload + "]"));
        forged.put("claims that are no JSON", genuine.sign(header, payload + "x"));
        forged.put(
                "changed claims",
                part(good, 0) + "." + base64(payload.replaceFirst("\\{", "{\"x\":1,")) + "." + part(good, 2));
    }

    private String good() {
        return genuine.sign(header, JsonUtil.toJson(claims));
    }

    private Map<String, Object> with(Object... members) {
        Map<String, Object> changed = new LinkedHashMap<>(header);
        for (int i = 0; i < members.length; i += 2) {
            changed.put((String) members[i], members[i + 1]);
        }
        return changed;
    }

    private String unsigned(Map<String, Object> other) {
        return base64(json(other)) + "." + base64(JsonUtil.toJson(claims));
    }

    private static JsonWebSignature jws(Map<String, Object> header, String payload) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        header.forEach((name, value) -> jws.getHeaders().setObjectHeaderValue(name, value));
        jws.setPayload(payload);
        return jws;
    }

    private static String json(Map<String, Object> object) {
        return JsonUtil.toJson(object);
    }

    private static String part(String token, int index) {
        return token.split("\\.", -1)[index];
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
