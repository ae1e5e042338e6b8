package io.jeton.device;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jeton.protocol.Identifier;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@DisplayName("RFC 7523 §2.1: an enrolled device signs for its own tokens")
class DeviceAssertionTest {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String CLIENT = "enrolled-device";

    private final TestKey key = TestKey.es256();
    private final String serial = "S-" + UUID.randomUUID();
    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void isEnrolled() throws Exception {
        Database.update("""
                insert into client (id, name, token_endpoint_auth_method, grant_types, scope, audience, access_token_alg,
                    access_token_typ, id_token_alg, access_token_seconds, refresh_idle_seconds, refresh_absolute_seconds,
                    retry_window_seconds, retry_limit)
                values (?, 'Sensor', 'none', 'refresh_token urn:ietf:params:oauth:grant-type:jwt-bearer',
                    'openid telemetry:write', 'api', 'ES256', 'at+jwt', 'ES256', 60, 3600, 3600, 600, 10)
                on conflict do nothing""", CLIENT);
        Database.update(
                "insert into device (id, client_id, serial, first_seen_from, public_jwk, key_thumbprint)"
                        + " values (?, ?, ?, 'import', ?, ?)",
                id,
                CLIENT,
                serial,
                key.publicJson(),
                key.thumbprint());
        Eventually.holds(
                () -> !request(key.assertion("nobody", issuer())).path("error").equals("invalid_client"));
    }

    @Test
    void nobodyApprovesAndTheDeviceHasItsTokens() throws Exception {
        Response tokens = request(assertion());
        tokens.then().statusCode(200).body("refresh_token", notNullValue()).body("id_token", nullValue());
        Map<String, Object> claims = claims(tokens);
        assertEquals(Identifier.of(id), claims.get("device_id"));
        assertEquals(Identifier.of(id), claims.get("sub"));
        assertEquals("telemetry:write", claims.get("scope"));
        refresh(tokens.path("refresh_token")).then().statusCode(200);
    }

    @Test
    @DisplayName("RFC 6749 §5.1: what it asked for and does not get it is told")
    void openidAloneIsRefusedAndTheAssertionIsNotSpent() {
        String assertion = assertion();
        request(assertion, "scope", "openid").then().statusCode(400).body("error", equalTo("invalid_scope"));
        request(assertion, "scope", "openid telemetry:write")
                .then()
                .statusCode(200)
                .body("scope", equalTo("telemetry:write"));
    }

    @Test
    void aDeviceWithAnOwnerActsForIt() throws Exception {
        Database.update("update device set account_id = ? where id = ?", TestDevice.person(), id);
        assertEquals(
                Identifier.of(TestDevice.person()), claims(request(assertion())).get("sub"));
    }

    @Test
    void whoeverSignsForAnotherIsOnRecord() throws Exception {
        refused(request(TestKey.es256().assertion(serial, issuer())));
        Eventually.holds(() -> Database.query(
                                "select * from audit_event where type = 'device_assertion.refused' and device_id = ?"
                                        + " and client_id = ? and outcome = 'refused'",
                                id,
                                CLIENT)
                        .size()
                == 1);
    }

    @Test
    @DisplayName("who has no key does not learn which serial numbers there are")
    void aSerialNumberThatIsEnrolledLooksLikeOneThatIsNot() {
        Database.update("update device set public_jwk = null where id = ?", id);
        String known = request(TestKey.es256().assertion(serial, issuer())).asString();
        assertEquals(
                known, request(TestKey.es256().assertion("nobody", issuer())).asString());
        Database.update("update device set public_jwk = ? where id = ?", key.publicJson(), id);
        assertEquals(known, request(TestKey.es256().assertion(serial, issuer())).asString());
    }

    @Test
    void whoeverKnowsTheThumbprintAloneIsBroughtTheKey() throws JoseException {
        Database.update("update device set public_jwk = null where id = ?", id);
        refused(request(assertion()));
        Map<String, Object> claims = TestKey.claims(serial, issuer());
        request(key.sign(Map.of("jwk", JsonUtil.parseJson(key.publicJson())), claims))
                .then()
                .statusCode(200);
        TestKey other = TestKey.es256();
        refused(request(
                other.sign(Map.of("jwk", JsonUtil.parseJson(other.publicJson())), TestKey.claims(serial, issuer()))));
    }

    @Test
    void whoHasNoKeyLearnsNothingOfSerialNumbers() throws JoseException {
        TestKey stranger = TestKey.es256();
        String unknown = description(stranger.assertion("S-nobody", issuer()));
        assertEquals(unknown, description(stranger.assertion(serial, issuer())));
        Database.update("update device set public_jwk = null where id = ?", id);
        assertEquals(unknown, description(stranger.assertion(serial, issuer())));
        assertEquals(
                unknown,
                description(stranger.sign(
                        Map.of("jwk", Map.of("kty", "EC", "crv", "P-256")), TestKey.claims(serial, issuer()))));
    }

    private static String description(String assertion) {
        Response refused = request(assertion);
        refused(refused);
        return refused.path("error_description");
    }

    @Test
    void theNextAssertionEndsTheTokenBefore() {
        String former = request(assertion()).path("refresh_token");
        request(assertion()).then().statusCode(200);
        refresh(former).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void anAssertionIsGoodOnceWhateverComesAtTheSameInstant() throws Exception {
        String assertion = assertion();
        List<Integer> statuses = Concurrently.call(8, () -> request(assertion).statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count());
        refused(request(assertion));
    }

    @Test
    void aDeviceThatMayNotActGetsNothingAndNothingChanges() {
        for (String state : List.of("SUSPENDED", "RETIRED")) {
            Database.update("update device set state = ? where id = ?", state, id);
            refused(request(assertion()));
        }
        assertEquals(
                0,
                Database.query("select * from refresh_token where device_id = ?", id)
                        .size());
        Database.update("update device set state = 'ACTIVE' where id = ?", id);
        request(assertion()).then().statusCode(200);
    }

    @Test
    void anotherKeyAnotherSerialAnotherClientGetNothing() {
        refused(request(TestKey.es256().assertion(serial, issuer())));
        refused(request(key.assertion(serial + "1", issuer())));
        request(assertion(), "client_id", TestClients.DEVICE)
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
        request("", "x", "y").then().statusCode(400).body("error", equalTo("invalid_request"));
        refused(request("no.jwt"));
    }

    @ParameterizedTest
    @CsvSource({
        "iss, other",
        "aud, https://other.example",
        "aud, -",
        "exp, 1000",
        "exp, -",
        "exp, 99999999999",
        "jti, -"
    })
    void whatAnAssertionMustSayItMustSay(String claim, String value) {
        refused(request(key.assertion(serial, issuer(), claim, value)));
    }

    @Test
    @DisplayName("RFC 8725 §3.11: what the key signed for another purpose is no assertion")
    void anotherKindOfTokenIsNoAssertion() {
        for (String type : List.of("dpop+jwt", "client-authentication+jwt", "at+jwt")) {
            refused(request(key.sign(Map.of("typ", type), TestKey.claims(serial, issuer()))));
        }
        request(key.sign(Map.of("typ", "JWT"), TestKey.claims(serial, issuer())))
                .then()
                .statusCode(200);
    }

    @Test
    void aSerialNumberThatNobodyCanHaveIsRefusedLikeAnyOther() {
        refused(request(key.sign(Map.of(), TestKey.claims("\0", issuer()))));
        refused(request(key.sign(Map.of(), TestKey.claims("\uD800", issuer()))));
        refused(request(key.sign(Map.of(), TestKey.claims("x".repeat(2000), issuer()))));
    }

    @Test
    void withAProofTheRefreshTokenIsBoundToItsKey() throws Exception {
        Response tokens = proven(key.proof("POST", issuer() + "/token"), assertion());
        tokens.then().statusCode(200).body("token_type", equalTo("DPoP"));
        assertNotNull(claims(tokens).get("cnf"));
        refresh(tokens.path("refresh_token")).then().statusCode(400);
        assertNull(Database.one("select * from refresh_token where device_id = ?", id)
                .get("revoked_at"));
    }

    @Test
    void theProofOfAForgedAssertionIsNotWrittenDown() throws Exception {
        TestKey stranger = TestKey.es256();
        String own = stranger.sign(
                Map.of("jwk", JsonUtil.parseJson(stranger.publicJson())), TestKey.claims(serial, issuer()));
        for (String forged : List.of(
                stranger.assertion(serial, issuer()), own, key.assertion(serial + "1", issuer()), "no.jwt", "")) {
            String proof = stranger.proof("POST", issuer() + "/token");
            proven(proof, forged)
                    .then()
                    .statusCode(400)
                    .body("error", equalTo(forged.isEmpty() ? "invalid_request" : "invalid_grant"));
            // Had it been written down, it would be refused now.
            proven(proof, assertion()).then().statusCode(200);
        }
        Eventually.holds(() -> Database.query(
                                "select * from audit_event where type = 'device_assertion.refused' and device_id = ?",
                                id)
                        .size()
                == 1);
    }

    @Test
    void ofWhatItsDeviceSignedTheProofIsJudgedFirst() throws Exception {
        String late = key.assertion(serial, issuer(), "exp", "1000");
        proven(key.proof("POST", "https://other.example/token"), late)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_dpop_proof"));
        String proof = key.proof("POST", issuer() + "/token");
        refused(proven(proof, late));
        proven(proof, assertion()).then().statusCode(400).body("error", equalTo("invalid_dpop_proof"));
    }

    private static Response proven(String proof, String assertion) {
        return given().header("DPoP", proof)
                .formParams(Map.of("grant_type", GRANT, "client_id", CLIENT, "assertion", assertion))
                .post("/token");
    }

    private String assertion() {
        return key.assertion(serial, issuer());
    }

    private static Response refresh(String token) {
        return TestDevice.post(
                "/token", Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", token));
    }

    private static void refused(Response response) {
        response.then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    private static Response request(String assertion, String... more) {
        Map<String, String> form =
                new HashMap<>(Map.of("grant_type", GRANT, "client_id", CLIENT, "assertion", assertion));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return TestDevice.post("/token", form);
    }

    private static Map<String, Object> claims(Response tokens) throws JoseException {
        String payload = tokens.<String>path("access_token").split("\\.", -1)[1];
        return JsonUtil.parseJson(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }
}
