package io.jeton.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.TokenSigner;
import io.jeton.protocol.Identifier;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@DisplayName("RFC 8725: what attackers bring as an access token, to introspection and to userinfo")
class AccessTokenAttackTest {
    private final TestKey own = TestKey.es256();

    @Inject
    TokenSigner signer;

    private String[] parts;
    private Map<String, Object> claims;

    @BeforeEach
    void aTokenThatCounts() throws Exception {
        String token = TestDevice.approved(TestClients.DEVICE, "scope", "openid")
                .poll()
                .path("access_token");
        parts = token.split("\\.", -1);
        claims =
                new HashMap<>(JsonPath.from(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                        .getMap("$"));
        Eventually.holds(() -> introspect(token).path("active"));
        userInfo(token).then().statusCode(200);
        userInfo(signed("jti", "another")).then().statusCode(200);
    }

    @Test
    void nobodySignsWithNone() {
        for (String alg : List.of("none", "None", "NONE", "")) {
            String header = base64("{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid() + "\"}");
            refused(header + "." + parts[1] + ".");
            refused(header + "." + parts[1] + "." + parts[2]);
        }
    }

    @Test
    void aPublishedKeyIsNoSecret() throws JoseException {
        String set = given().get("/jwks").asString();
        for (byte[] secret : List.of(
                set.getBytes(StandardCharsets.UTF_8),
                new JsonWebKeySet(set).getJsonWebKeys().get(0).getKey().getEncoded())) {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmHeaderValue("HS256");
            jws.setHeader("typ", "at+jwt");
            jws.setKeyIdHeaderValue(kid());
            jws.setPayload(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            jws.setKey(new HmacKey(secret));
            refused(jws.getCompactSerialization());
        }
    }

    @Test
    void keysThatTheTokenBringsOrPointsToAreNotLookedAt() {
        for (Map<String, Object> header : List.<Map<String, Object>>of(
                Map.of("kid", kid(), "jwk", JsonPath.from(own.publicJson()).getMap("$")),
                Map.of("kid", kid(), "jku", "http://127.0.0.1:9/keys"),
                Map.of("kid", kid(), "x5u", "http://127.0.0.1:9/keys"),
                Map.of("kid", kid(), "crit", List.of("exp"), "exp", 1),
                Map.of("kid", "../../etc/passwd"),
                Map.of("kid", "' or 1=1 --"),
                Map.of("kid", 5),
                Map.of())) {
            Map<String, Object> typed = new HashMap<>(header);
            typed.put("typ", "at+jwt");
            refused(own.sign(typed, claims));
        }
    }

    @Test
    void whatIsCutTooLongOrTooDeepIsRefused() {
        refused(parts[0] + "." + parts[1]);
        refused(parts[0] + "." + parts[1] + "." + parts[2].substring(4));
        refused(parts[0] + "." + parts[1] + "=." + parts[2]);
        refused(parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2]);
        refused(parts[0] + "." + base64("{\"deep\":" + "[".repeat(500) + "]".repeat(500) + "}") + "." + parts[2]);
        refused(signed("long", "x".repeat(4000)));
    }

    @ParameterizedTest
    @DisplayName("§3.8 and what else we would never have signed")
    @CsvSource({
        "iss, https://other.example",
        "iss,",
        "exp, 1000",
        "exp,",
        "exp, soon",
        "nbf, 99999999999",
        "iat,",
        "client_id,",
        "client_id, nobody",
        "sub,",
        "jti,",
    })
    void whatATokenMustSayItMustSay(String claim, String value) {
        refused(signed(claim, value));
    }

    private String signed(String claim, String value) {
        Map<String, Object> other = new HashMap<>(claims);
        if (value == null) {
            other.remove(claim);
        } else {
            other.put(claim, value.matches("[0-9]+") ? Long.valueOf(value) : value);
        }
        return signer.sign(other, "at+jwt", KeyAlgorithm.ES256).await().atMost(Duration.ofSeconds(5));
    }

    private static void refused(String token) {
        Response answer = introspect(token);
        answer.then().statusCode(200).body("$", equalTo(Map.of("active", false)));
        userInfo(token)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .body("error", equalTo("invalid_token"));
    }

    private static Response introspect(String token) {
        return given().auth()
                .preemptive()
                .basic(TestClients.SERVICE, URLEncoder.encode(TestClients.SECRET, StandardCharsets.UTF_8))
                .formParam("token", token)
                .post("/introspect");
    }

    private static Response userInfo(String token) {
        return given().header("Authorization", "Bearer " + token).get("/userinfo");
    }

    private String kid() {
        return JsonPath.from(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .getString("kid");
    }

    private static String base64(String text) {
        return Identifier.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
