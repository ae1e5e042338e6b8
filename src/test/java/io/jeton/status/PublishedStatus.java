package io.jeton.status;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;

/** The status of an access token, as whoever verifies it finds it. */
record PublishedStatus(String uri, long index) {

    static PublishedStatus of(String accessToken) throws Exception {
        Map<?, ?> status = (Map<?, ?>) claims(accessToken).get("status");
        Map<?, ?> reference = (Map<?, ?>) status.get("status_list");
        return new PublishedStatus((String) reference.get("uri"), (Long) reference.get("idx"));
    }

    PublishedStatus at(long another) {
        return new PublishedStatus(uri, another);
    }

    int value() throws Exception {
        String jwt = given().get(uri.substring(uri.indexOf("/statuslists"))).asString();
        Map<String, Object> claims = JsonUtil.parseJson(verified(jwt).getPayload());
        assertEquals(uri, claims.get("sub"));
        Map<?, ?> list = (Map<?, ?>) claims.get("status_list");
        byte[] compressed = Base64.getUrlDecoder().decode((String) list.get("lst"));
        byte[] statuses = new InflaterInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        return (statuses[(int) index / 4] >> (index % 4 * 2)) & 3;
    }

    /** A token whose signature was found to be good. */
    static JsonWebSignature verified(String jwt) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(jwt);
        signature.setKey(new JsonWebKeySet(given().get("/jwks").asString())
                .findJsonWebKey(signature.getKeyIdHeaderValue(), "EC", "sig", "ES256")
                .getKey());
        assertTrue(signature.verifySignature());
        return signature;
    }

    static Map<String, Object> claims(String jwt) throws Exception {
        return JsonUtil.parseJson(
                new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
