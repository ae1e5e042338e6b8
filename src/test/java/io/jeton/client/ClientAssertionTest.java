package io.jeton.client;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.protocol.Identifier;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@DisplayName("RFC 7523 §2.2, §3: clients that sign")
class ClientAssertionTest {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String SIGNER = "signing-service";
    private static final String SECRET_SIGNER = "secret-signing-service";
    private static final String SECRET = "a secret of more than thirty-two characters";
    private static final TestKey KEY = TestKey.es256();
    private static final TestKey RSA = TestKey.rs256();
    private static final TestKey ED = TestKey.eddsa();

    @Inject
    KeyEncryption encryption;

    @BeforeEach
    void clients() throws Exception {
        insert(SIGNER, "private_key_jwt");
        Database.update(
                "update client set jwks = ? where id = ?",
                "{\"keys\":[" + KEY.publicJson() + "," + RSA.publicJson() + "," + ED.publicJson() + "]}",
                SIGNER);
        insert(SECRET_SIGNER, "client_secret_jwt");
        Eventually.holds(() -> token(KEY.assertion(SIGNER, issuer())).statusCode() == 200);
    }

    private void insert(String id, String method) {
        boolean secret = method.equals("client_secret_jwt");
        Database.update(
                """
                insert into client (id, name, token_endpoint_auth_method, grant_types, scope, audience, access_token_alg,
                    access_token_typ, id_token_alg, access_token_seconds, refresh_idle_seconds, refresh_absolute_seconds,
                    retry_window_seconds, retry_limit, jwks, secret_hash, sealed_secret)
                values (?, 'Signer', ?, 'client_credentials refresh_token urn:ietf:params:oauth:grant-type:device_code',
                    'telemetry:write', 'api', 'ES256', 'at+jwt', 'ES256', 60, 3600, 3600, 600, 10, ?, ?, ?)
                on conflict do nothing""",
                id,
                method,
                secret ? null : "{}",
                secret ? "sha256:x" : null,
                secret ? encryption.seal(SECRET.getBytes(StandardCharsets.UTF_8), "client_secret/" + id) : null);
    }

    @Test
    void aClientWhoSignsIsAuthenticated() {
        token(KEY.assertion(SIGNER, issuer())).then().statusCode(200).body("access_token", notNullValue());
        token(RSA.assertion(SIGNER, issuer())).then().statusCode(200);
        token(ED.assertion(SIGNER, issuer())).then().statusCode(200);
    }

    @Test
    void aClientWhoSignsWithItsSecretIsAuthenticated() throws Exception {
        token(hmac(SECRET, SECRET_SIGNER)).then().statusCode(200);
        refused(token(hmac("another secret of more than thirty-two characters", SECRET_SIGNER)));
    }

    @Test
    void aSecretThatNoKeyOpensIsNoFaultOfItsClient() throws Exception {
        byte[] sealed = (byte[]) Database.one("select sealed_secret from client where id = ?", SECRET_SIGNER)
                .get("sealed_secret");
        byte[] lost = new KeyEncryption(new Randomness(), new Randomness().bytes(32), List.of())
                .seal(SECRET.getBytes(StandardCharsets.UTF_8), "client_secret/" + SECRET_SIGNER);
        Database.update("update client set sealed_secret = ? where id = ?", lost, SECRET_SIGNER);
        try {
            Eventually.holds(() -> token(hmac(SECRET, SECRET_SIGNER)).statusCode() == 503);
        } finally {
            Database.update("update client set sealed_secret = ? where id = ?", sealed, SECRET_SIGNER);
        }
        Eventually.holds(() -> token(hmac(SECRET, SECRET_SIGNER)).statusCode() == 200);
    }

    @Test
    void anAssertionIsGoodOnceWhateverComesAtTheSameInstant() throws Exception {
        String assertion = KEY.assertion(SIGNER, issuer());
        List<Integer> statuses = Concurrently.call(8, () -> token(assertion).statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count());
        refused(token(assertion));
    }

    @ParameterizedTest
    @CsvSource({
        "iss, other",
        "iss, -",
        "sub, other",
        "sub, -",
        "aud, https://other.example",
        "aud, -",
        "exp, 1000",
        "exp, -",
        "exp, 99999999999",
        "exp, 999999999999999999",
        "nbf, 99999999999",
        "iat, 99999999999",
        "jti, -",
        "exp, soon",
    })
    void whatAnAssertionMustSayItMustSay(String claim, String value) {
        refused(token(KEY.assertion(SIGNER, issuer(), claim, value)));
    }

    @Test
    void anAssertionLivesForMinutes() {
        long now = System.currentTimeMillis() / 1000;
        refused(token(KEY.assertion(SIGNER, issuer(), "exp", String.valueOf(now + 420))));
        refused(token(KEY.assertion(SIGNER, issuer(), "exp", String.valueOf(now - 120))));
        token(KEY.assertion(SIGNER, issuer(), "exp", String.valueOf(now + 240)))
                .then()
                .statusCode(200);
    }

    @Test
    void theTokenEndpointIsNoAudienceNorIsAListOfTwo() {
        refused(token(KEY.assertion(SIGNER, issuer() + "/token")));
        Map<String, Object> claims = TestKey.claims(SIGNER, issuer());
        claims.put("aud", List.of(issuer(), "https://other.example"));
        refused(token(KEY.sign(Map.of(), claims)));
        claims.put("aud", List.of(issuer()));
        token(KEY.sign(Map.of(), claims)).then().statusCode(200);
    }

    @Nested
    @DisplayName("RFC 8725: what attackers send")
    class Attacks {
        @Test
        void nobodySignsWithNone() {
            String[] parts = KEY.assertion(SIGNER, issuer()).split("\\.", -1);
            for (String alg : List.of("none", "None", "NONE", "")) {
                refused(token(base64("{\"alg\":\"" + alg + "\"}") + "." + parts[1] + "."));
                refused(token(base64("{\"alg\":\"" + alg + "\"}") + "." + parts[1] + "." + parts[2]));
            }
        }

        @Test
        void aPublicKeyIsNoSecret() throws Exception {
            for (byte[] secret : List.of(
                    KEY.jwk().getPublicKey().getEncoded(),
                    KEY.publicJson().getBytes(StandardCharsets.UTF_8),
                    RSA.jwk().getPublicKey().getEncoded())) {
                refused(token(hmac(secret, SIGNER)));
            }
        }

        @Test
        void keysThatTheTokenBringsOrPointsToAreNotLookedAt() {
            TestKey own = TestKey.es256();
            Map<String, Object> claims = TestKey.claims(SIGNER, issuer());
            for (Map<String, Object> header : List.<Map<String, Object>>of(
                    Map.of("jwk", json(own.publicJson())),
                    Map.of("jku", "http://127.0.0.1:9/keys"),
                    Map.of("x5u", "http://127.0.0.1:9/keys"),
                    Map.of("x5c", List.of("MIIB")),
                    Map.of("kid", KEY.jwk().getKeyId()),
                    Map.of("kid", "../../etc/passwd"),
                    Map.of("kid", "' or 1=1 --"))) {
                refused(token(own.sign(header, claims)));
            }
        }

        @Test
        void extensionsThatMustBeUnderstoodAreNot() {
            Map<String, Object> claims = TestKey.claims(SIGNER, issuer());
            refused(token(KEY.sign(Map.of("crit", List.of("exp"), "exp", 1), claims)));
            refused(token(KEY.sign(Map.of("zip", "DEF"), claims)));
        }

        @Test
        @DisplayName("RFC 8725 §3.11: a token that the same key signed for something else")
        void anotherKindOfTokenIsNoAssertion() {
            for (String type : List.of("dpop+jwt", "at+jwt", "oauth-authz-req+jwt", "application/secevent+jwt", "")) {
                refused(token(KEY.sign(Map.of("typ", type), TestKey.claims(SIGNER, issuer()))));
            }
            refused(token(KEY.sign(Map.of("typ", 5), TestKey.claims(SIGNER, issuer()))));
            for (String type : List.of("JWT", "client-authentication+jwt", "application/client-authentication+jwt")) {
                token(KEY.sign(Map.of("typ", type), TestKey.claims(SIGNER, issuer())))
                        .then()
                        .statusCode(200);
            }
        }

        @Test
        void whatIsCutTooLongOrTooDeepIsRefused() {
            String good = KEY.assertion(SIGNER, issuer());
            String[] parts = good.split("\\.", -1);
            refused(token(good.substring(0, good.length() - 4)));
            refused(token(parts[0] + "." + parts[1]));
            refused(token(parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2]));
            refused(token(parts[0] + "." + parts[1] + "=." + parts[2]));
            refused(token(KEY.assertion(SIGNER, issuer(), "long", "x".repeat(3000))));
            String deep = "[".repeat(2000) + "]".repeat(2000);
            refused(token(base64("{\"alg\":\"ES256\",\"deep\":" + deep.substring(0, 100) + "}") + "." + parts[1] + "."
                    + parts[2]));
            refused(token(parts[0] + "." + base64("{\"deep\":" + deep + "}") + "." + parts[2]));
            refused(token(parts[0] + "." + base64("{\"sub\":\"a\",\"sub\":\"" + SIGNER + "\"}") + "." + parts[2]));
        }

        @Test
        void anotherClientsKeyIsNotThisClients() {
            refused(token(TestKey.es256().assertion(SIGNER, issuer())));
            refused(token(KEY.assertion("test-service", issuer())));
            refused(token(KEY.assertion("test-device", issuer())));
            refused(token(KEY.assertion("nobody", issuer())));
        }
    }

    @Test
    void aClientUsesOneMethodAndTheRightOne() {
        post("client_id", SIGNER).then().statusCode(401);
        post("client_id", SECRET_SIGNER, "client_secret", SECRET).then().statusCode(401);
        given().auth()
                .preemptive()
                .basic(SECRET_SIGNER, SECRET)
                .formParam("grant_type", "client_credentials")
                .post("/token")
                .then()
                .statusCode(401);
        String assertion = KEY.assertion(SIGNER, issuer());
        post("client_assertion", assertion).then().statusCode(400).body("error", equalTo("invalid_request"));
        post("client_assertion_type", TYPE).then().statusCode(400).body("error", equalTo("invalid_request"));
        post("client_assertion_type", "saml", "client_assertion", assertion)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        post("client_assertion_type", TYPE, "client_assertion", assertion, "client_secret", "x")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        post("client_assertion_type", TYPE, "client_assertion", assertion, "client_id", "other")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        // Nothing of that has used it up.
        token(assertion).then().statusCode(200);
    }

    @Test
    @DisplayName(
            "the refresh token of a client that signs is sender-constrained: a lost answer is repeated, however late")
    void aLostAnswerIsRepeated() {
        Map<String, String> form = new HashMap<>(Map.of("scope", "telemetry:write"));
        form.putAll(signed());
        Response codes = TestDevice.post("/device_authorization", form);
        codes.then().statusCode(200);
        Database.update(
                "update device_authorization set state = 'APPROVED', account_id = ?, authenticated_at = now()"
                        + " where client_id = ? and state = 'PENDING'",
                TestDevice.person(),
                SIGNER);
        Map<String, String> poll = new HashMap<>(signed());
        poll.put("grant_type", TestDevice.GRANT);
        poll.put("device_code", codes.path("device_code"));
        String first = TestDevice.post("/token", poll).path("refresh_token");
        String second = refresh(first).path("refresh_token");
        Database.update("update refresh_token set issued_at = now() - interval '1 day' where client_id = ?", SIGNER);
        assertEquals(second, refresh(first).path("refresh_token"));
        refresh(second).then().statusCode(200);
        refresh(first).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void theMetadataSayIt() {
        given().get("/.well-known/openid-configuration")
                .then()
                .body("token_endpoint_auth_methods_supported", hasItems("private_key_jwt", "client_secret_jwt"))
                .body("token_endpoint_auth_signing_alg_values_supported", hasItems("ES256", "EdDSA", "RS256", "HS256"));
    }

    private static Response refresh(String token) {
        Map<String, String> form = new HashMap<>(signed());
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        return TestDevice.post("/token", form);
    }

    private static Map<String, String> signed() {
        return Map.of("client_assertion_type", TYPE, "client_assertion", KEY.assertion(SIGNER, issuer()));
    }

    private static Response token(String assertion) {
        return post("client_assertion_type", TYPE, "client_assertion", assertion);
    }

    private static Response post(String... parameters) {
        Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
        for (int i = 0; i < parameters.length; i += 2) {
            form.put(parameters[i], parameters[i + 1]);
        }
        return TestDevice.post("/token", form);
    }

    private static void refused(Response response) {
        response.then().statusCode(401).body("error", equalTo("invalid_client"));
    }

    private static String hmac(String secret, String client) throws Exception {
        return hmac(secret.getBytes(StandardCharsets.UTF_8), client);
    }

    private static String hmac(byte[] secret, String client) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue("HS256");
        jws.setPayload(JsonUtil.toJson(TestKey.claims(client, issuer())));
        jws.setKey(new HmacKey(secret));
        return jws.getCompactSerialization();
    }

    private static Map<String, Object> json(String text) {
        try {
            return JsonUtil.parseJson(text);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Identifier.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }
}
