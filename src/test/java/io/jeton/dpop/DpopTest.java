package io.jeton.dpop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@DisplayName("RFC 9449: a device that keeps a key")
class DpopTest {
    private static final String CLIENT = TestClients.DEVICE;
    private final TestKey key = TestKey.es256();

    @Test
    @DisplayName("§5, §6: both tokens are bound to the key")
    void theTokensAreBound() throws Exception {
        Response tokens = redeem(device());
        tokens.then().statusCode(200).body("token_type", equalTo("DPoP"));
        assertEquals(Map.of("jkt", key.thumbprint()), claims(tokens).get("cnf"));
        refresh(tokens.path("refresh_token"), key).then().statusCode(200).body("token_type", equalTo("DPoP"));
    }

    @Test
    void withoutTheKeyARefreshTokenIsWorthNothingAndNothingHappensToIt() {
        String token = redeem(device()).path("refresh_token");
        int generation = generation();
        refresh(token, TestKey.es256()).then().statusCode(400).body("error", equalTo("invalid_grant"));
        plain(token).then().statusCode(400).body("error", equalTo("invalid_grant"));
        assertEquals(generation, generation());
        refresh(token, key).then().statusCode(200);
    }

    @Test
    @DisplayName("a thief who has every token and no key cannot even get the device locked out")
    void aThiefCannotCauseReuse() {
        String first = redeem(device()).path("refresh_token");
        String second = refresh(first, key).path("refresh_token");
        String third = refresh(second, key).path("refresh_token");
        for (String stolen : List.of(first, second, third)) {
            plain(stolen).then().statusCode(400);
            refresh(stolen, TestKey.es256()).then().statusCode(400);
        }
        refresh(third, key).then().statusCode(200);
    }

    @Test
    @DisplayName("a lost answer is repeated, the same successor, however late")
    void aLostAnswerIsRepeated() {
        String first = redeem(device()).path("refresh_token");
        String second = refresh(first, key).path("refresh_token");
        Database.update("update refresh_token set issued_at = now() - interval '20 days' where id = ?", tokenId());
        assertEquals(second, refresh(first, key).path("refresh_token"));
        refresh(second, key).then().statusCode(200);
    }

    @Test
    @DisplayName("§5: a public client that comes to show a key is bound to it from then on")
    void anUnboundTokenThatComesWithAKeyIsBoundToIt() throws Exception {
        String token = TestDevice.approved(CLIENT).redeem();
        Response refreshed = refresh(token, key);
        refreshed.then().statusCode(200).body("token_type", equalTo("DPoP"));
        assertEquals(Map.of("jkt", key.thumbprint()), claims(refreshed).get("cnf"));
        String bound = refreshed.path("refresh_token");
        plain(bound).then().statusCode(400).body("error", equalTo("invalid_grant"));
        refresh(bound, TestKey.es256()).then().statusCode(400).body("error", equalTo("invalid_grant"));
        // The answer was lost, however long ago.
        Database.update("update refresh_token set issued_at = now() - interval '20 days' where id = ?", tokenId());
        assertEquals(bound, refresh(token, key).path("refresh_token"));
        refresh(bound, key).then().statusCode(200);
    }

    @Test
    @DisplayName("a thief who binds a stolen token to a key of his own is found out by the device, which has none")
    void aThiefCannotMakeATokenHisOwn() {
        String stolen = TestDevice.approved(CLIENT).redeem();
        TestKey thief = TestKey.es256();
        String his = refresh(stolen, thief).path("refresh_token");
        plain(stolen).then().statusCode(400).body("error", equalTo("invalid_grant"));
        assertEquals(
                "reuse",
                Database.one("select revocation_reason from refresh_token where id = ?", tokenId())
                        .get("revocation_reason"));
        refresh(his, thief).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void aRetryThatComesWithAKeyIsBoundToo() {
        String first = TestDevice.approved(CLIENT).redeem();
        String lost = plain(first).path("refresh_token");
        Database.update("update refresh_token set issued_at = now() - interval '1 minute' where id = ?", tokenId());
        String second = refresh(first, key).path("refresh_token");
        plain(second).then().statusCode(400);
        refresh(second, key).then().statusCode(200);
        plain(lost).then().statusCode(400);
        assertEquals(
                "reuse",
                Database.one("select revocation_reason from refresh_token where id = ?", tokenId())
                        .get("revocation_reason"));
    }

    @Test
    @DisplayName("§10: the code is for the key that asked for it")
    void theCodeIsBound() {
        TestDevice device = asking(proof("/device_authorization"));
        device.approve();
        device.poll().then().statusCode(400).body("error", equalTo("invalid_grant"));
        with(TestKey.es256().proof("POST", issuer() + "/token"), poll(device))
                .then()
                .statusCode(400);
        with(proof("/token"), poll(device)).then().statusCode(200);
        // Its answer was lost: whoever holds the key may have it again.
        with(proof("/token"), poll(device)).then().statusCode(200).body("refresh_token", notNullValue());
    }

    @Test
    void theKeyMayBeNamedAlone() {
        TestDevice device = TestDevice.approved(CLIENT, "dpop_jkt", key.thumbprint());
        device.poll().then().statusCode(400).body("error", equalTo("invalid_grant"));
        with(proof("/token"), poll(device)).then().statusCode(200);
        TestDevice.post("/device_authorization", Map.of("client_id", CLIENT, "dpop_jkt", "short"))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        with(
                        proof("/device_authorization"),
                        "/device_authorization",
                        Map.of("client_id", CLIENT, "dpop_jkt", TestKey.es256().thumbprint()))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    @DisplayName("§5: the token of a client that authenticates is bound to the client, not to the key")
    void aConfidentialClientsTokenIsNotBoundTwice() {
        Map<String, String> service =
                Map.of("client_id", TestClients.POST_SERVICE, "client_secret", TestClients.SECRET);
        Response codes = TestDevice.post("/device_authorization", service);
        Database.update(
                "update device_authorization set state = 'APPROVED', account_id = ?, authenticated_at = now()"
                        + " where client_id = ? and state = 'PENDING'",
                TestDevice.person(),
                TestClients.POST_SERVICE);
        Map<String, String> form = new HashMap<>(service);
        form.put("grant_type", TestDevice.GRANT);
        form.put("device_code", codes.path("device_code"));
        String token = with(proof("/token"), form).path("refresh_token");
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        with(TestKey.es256().proof("POST", issuer() + "/token"), form).then().statusCode(200);
    }

    @Test
    @DisplayName("§11.1: a proof is good once")
    void aProofIsGoodOnce() throws Exception {
        String proof = proof("/token");
        Map<String, String> form = Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                TestClients.POST_SERVICE,
                "client_secret",
                TestClients.SECRET);
        List<Integer> statuses = Concurrently.call(8, () -> with(proof, form).statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count());
        invalid(with(proof, form));
    }

    @Test
    @DisplayName("a forged token reaches no database, and the proof that comes with it does not either")
    void theProofOfAForgedRequestIsNotWrittenDown() {
        with(proof("/token"), service()).then().statusCode(200);
        Map<String, Object> before = Database.one("select count(*) from presented_once");
        for (String forged : List.of("x", "jrt_x", "jrt_" + "A".repeat(50))) {
            refresh(forged, TestKey.es256()).then().statusCode(400).body("error", equalTo("invalid_grant"));
        }
        with(proof("/token"), Map.of("grant_type", TestDevice.GRANT, "client_id", CLIENT, "device_code", "jdc_x"))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
        with(proof("/token"), Map.of("grant_type", "refresh_token", "client_id", CLIENT))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        with(proof("/token"), Map.of("grant_type", "client_credentials", "client_id", CLIENT))
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
        with(proof("/token"), Map.of("grant_type", "nonsense", "client_id", CLIENT))
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_grant_type"));
        for (String forged : List.of("x", "jrt_x", "a.b.c")) {
            with(proof("/revoke"), "/revoke", Map.of("client_id", CLIENT, "token", forged))
                    .then()
                    .statusCode(200);
        }
        assertEquals(before, Database.one("select count(*) from presented_once"));
    }

    @ParameterizedTest
    @CsvSource({
        "htm, GET",
        "htm, -",
        "htu, https://other.example/token",
        "htu, -",
        "jti, -",
        "iat, -",
        "iat, soon",
        "jti, ''",
    })
    @DisplayName("§4.3: what a proof must say it must say")
    void proofsMustSay(String claim, String value) {
        invalid(with(key.proof("POST", issuer() + "/token", claim, value), service()));
    }

    @Test
    @DisplayName("§4.3: how a proof must be made")
    void proofsMustBeMade() {
        Map<String, Object> claims =
                Map.of("htm", "POST", "htu", issuer() + "/token", "iat", System.currentTimeMillis() / 1000, "jti", "1");
        Map<String, Object> jwk = json(key.publicJson());
        invalid(with(key.sign(Map.of("typ", "dpop+jwt"), claims), service()));
        invalid(with(key.sign(Map.of("typ", "JWT", "jwk", jwk), claims), service()));
        invalid(with(key.sign(Map.of("jwk", jwk), claims), service()));
        invalid(with(TestKey.es256().sign(Map.of("typ", "dpop+jwt", "jwk", jwk), claims), service()));
        invalid(with(key.sign(Map.of("typ", "dpop+jwt", "jwk", jwk, "crit", List.of("b64")), claims), service()));
        invalid(with(
                key.sign(
                        Map.of(
                                "typ",
                                "dpop+jwt",
                                "jwk",
                                json(key.jwk().toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE))),
                        claims),
                service()));
        for (Object odd : List.of("x", List.of(1), 5)) {
            Map<String, Object> strange = new HashMap<>(jwk);
            strange.put("x", odd);
            invalid(with(key.sign(Map.of("typ", "dpop+jwt", "jwk", strange), claims), service()));
        }
        Map<String, Object> certified = new HashMap<>(jwk);
        certified.put("x5c", "x");
        with(key.sign(Map.of("typ", "dpop+jwt", "jwk", certified), claims), service())
                .then()
                .statusCode(200);
        invalid(with("no.jwt", service()));
        invalid(with("", service()));
        invalid(given().header("DPoP", proof("/token"), proof("/token"))
                .formParams(service())
                .post("/token"));
        String[] parts = proof("/token").split("\\.", -1);
        String none = base64("{\"typ\":\"dpop+jwt\",\"alg\":\"none\",\"jwk\":" + key.publicJson() + "}");
        invalid(with(none + "." + parts[1] + "." + parts[2], service()));
        invalid(with(parts[0] + "." + parts[1], service()));
        invalid(with(parts[0] + "." + parts[1] + "." + parts[2].substring(4), service()));
        invalid(with(key.proof("POST", issuer() + "/token", "long", "x".repeat(3000)), service()));
        String deep = "{\"deep\":" + "[".repeat(100) + "]".repeat(100) + "}";
        invalid(with(parts[0] + "." + base64(deep) + "." + parts[2], service()));
        String hmac = base64("{\"typ\":\"dpop+jwt\",\"alg\":\"HS256\",\"jwk\":" + key.publicJson() + "}");
        invalid(with(hmac + "." + parts[1] + "." + parts[2], service()));
    }

    @Test
    @DisplayName("§8: a device without a clock is given a nonce, which any replica understands")
    void aNonceStandsForTheClock() {
        String uri = issuer() + "/token";
        Response told = with(key.proof("POST", uri, "iat", "1000"), service());
        told.then().statusCode(400).body("error", equalTo("use_dpop_nonce")).header("DPoP-Nonce", notNullValue());
        String nonce = told.header("DPoP-Nonce");
        Response served = with(key.proof("POST", uri, "iat", "1000", "nonce", nonce), service());
        served.then().statusCode(200).header("DPoP-Nonce", notNullValue());
        with(key.proof("POST", uri, "iat", "1000", "nonce", nonce + "A"), service())
                .then()
                .statusCode(400)
                .body("error", equalTo("use_dpop_nonce"));
        with(key.proof("POST", uri, "iat", "99999999999"), service())
                .then()
                .statusCode(400)
                .body("error", equalTo("use_dpop_nonce"));
        with(key.proof("POST", uri, "nonce", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), service())
                .then()
                .statusCode(400)
                .body("error", equalTo("use_dpop_nonce"));
        assertNotEquals(nonce, "");
    }

    @Test
    @DisplayName("§5.2: a client that is registered so gets nothing without a proof")
    void aClientMayBeBoundToProofs() throws Exception {
        Database.update("update client set dpop_bound = true where id = ?", TestClients.OTHER_DEVICE);
        TestDevice device = TestDevice.approved(TestClients.OTHER_DEVICE);
        try {
            Eventually.holds(() -> device.poll().path("error").equals("invalid_dpop_proof"));
        } finally {
            Database.update("update client set dpop_bound = false where id = ?", TestClients.OTHER_DEVICE);
        }
        Eventually.holds(() -> device.poll().statusCode() == 200);
    }

    @Test
    void theMetadataSayIt() {
        given().get("/.well-known/oauth-authorization-server")
                .then()
                .body("dpop_signing_alg_values_supported", hasItems("ES256", "EdDSA"));
    }

    private TestDevice device() {
        return TestDevice.approved(CLIENT);
    }

    private Response redeem(TestDevice device) {
        return with(proof("/token"), poll(device));
    }

    private TestDevice asking(String proof) {
        Response codes = with(proof, "/device_authorization", Map.of("client_id", CLIENT));
        codes.then().statusCode(200);
        return TestDevice.having(CLIENT, codes);
    }

    private static Map<String, String> poll(TestDevice device) {
        return Map.of("grant_type", TestDevice.GRANT, "client_id", CLIENT, "device_code", device.deviceCode());
    }

    private Response refresh(String token, TestKey with) {
        return with(
                with.proof("POST", issuer() + "/token"),
                Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", token));
    }

    private static Response plain(String token) {
        return TestDevice.post(
                "/token", Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", token));
    }

    private static Map<String, String> service() {
        return Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                TestClients.POST_SERVICE,
                "client_secret",
                TestClients.SECRET);
    }

    private String proof(String path) {
        return key.proof("POST", issuer() + path);
    }

    private static Response with(String proof, Map<String, String> form) {
        return with(proof, "/token", form);
    }

    private static Response with(String proof, String path, Map<String, String> form) {
        RequestSpecification request = given().header("DPoP", proof).formParams(form);
        return request.post(path);
    }

    private static void invalid(Response response) {
        response.then().statusCode(400).body("error", equalTo("invalid_dpop_proof"));
    }

    private static Object tokenId() {
        return Database.one("select id from refresh_token where client_id = ? order by created_at desc limit 1", CLIENT)
                .get("id");
    }

    private static int generation() {
        return (int) Database.one("select generation from refresh_token where id = ?", tokenId())
                .get("generation");
    }

    private static Map<String, Object> claims(Response tokens) throws Exception {
        String payload = tokens.<String>path("access_token").split("\\.", -1)[1];
        return JsonUtil.parseJson(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> json(String text) {
        try {
            return JsonUtil.parseJson(text);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }
}
