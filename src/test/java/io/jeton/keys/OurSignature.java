package io.jeton.keys;

import io.quarkus.arc.Arc;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs by the key of the service under test what the service would not. */
public final class OurSignature {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private OurSignature() {}

    public static String kid() {
        return signer().kid();
    }

    public static String of(Map<String, Object> header, String payload) {
        JsonObject all = new JsonObject(new LinkedHashMap<>(header)).put("alg", "ES256");
        String signed = part(all.encode()) + "." + part(payload);
        return signed + "." + BASE64.encodeToString(signer().sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Signer signer() {
        return Arc.container().instance(CurrentKeyRing.class).get().get().signer(KeyAlgorithm.ES256);
    }
}
