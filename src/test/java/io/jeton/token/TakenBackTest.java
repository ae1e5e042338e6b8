package io.jeton.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.TokenSigner;
import io.jeton.protocol.Identifier;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TestService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("Tokens that are asked about, shown and taken back")
class TakenBackTest {
    @Inject
    TokenSigner signer;

    /** Answers for the audience of the tests' devices. */
    private static final String API = TestClients.POST_SERVICE;

    private TestDevice device;
    private Response tokens;
    private String accessToken;
    private String refreshToken;

    @BeforeEach
    void aDeviceHasTokensAndTheApiAnswersForItsAudience() throws Exception {
        device = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write");
        tokens = device.poll();
        accessToken = tokens.path("access_token");
        refreshToken = tokens.path("refresh_token");
        Database.update("update client set answers_for = 'https://api.example.com' where id = ?", API);
        Eventually.holds(() -> introspect(accessToken).path("active"));
    }

    @Nested
    @DisplayName("RFC 7662 introspection")
    class Introspecting {
        @Test
        @DisplayName("§2.2: what a live access token says")
        void aLiveAccessToken() {
            introspect(accessToken)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("active", equalTo(true))
                    .body("client_id", equalTo(TestClients.DEVICE))
                    .body("scope", equalTo("openid telemetry:write"))
                    .body("token_type", equalTo("Bearer"))
                    .body("aud", equalTo("https://api.example.com"))
                    .body("sub", notNullValue())
                    .body("device_id", notNullValue())
                    .body("exp", notNullValue())
                    .body("jti", notNullValue());
        }

        @Test
        @DisplayName("§4: a token for somebody else is as good as unknown")
        void anotherAudience() throws Exception {
            ask(TestClients.SERVICE, accessToken).then().body("active", equalTo(true));
            Database.update("update client set answers_for = 'somebody' where id = ?", TestClients.SERVICE);
            try {
                Eventually.holds(() -> !ask(TestClients.SERVICE, accessToken).<Boolean>path("active"));
                inactive(ask(TestClients.SERVICE, accessToken));
            } finally {
                Database.update(
                        "update client set answers_for = 'https://api.example.com' where id = ?", TestClients.SERVICE);
            }
            String own = TestService.token().path("access_token");
            introspect(own).then().body("active", equalTo(true));
        }

        @Test
        void whatIsNoTokenOfOursIsInactiveAndNothingMoreIsSaid() {
            for (String token : new String[] {"x", "jrt_x", "a.b.c", accessToken + "x", tokens.path("id_token")}) {
                Response answer = introspect(token);
                inactive(answer);
                assertEquals(1, answer.jsonPath().getMap("$").size());
            }
        }

        @Test
        @DisplayName("RFC 8725 §3.11: what we sign for another purpose is no access token, whatever it says")
        void anotherKindOfOurTokensIsNoAccessToken() throws Exception {
            String[] parts = accessToken.split("\\.", -1);
            Map<String, Object> claims = JsonPath.from(
                            new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    .getMap("$");
            for (String type : List.of("token-introspection+jwt", "secevent+jwt", "statuslist+jwt")) {
                String other = sign(claims, type);
                inactive(introspect(other));
                userInfo("Bearer " + other).then().statusCode(401);
            }
            introspect(sign(claims, "JWT")).then().body("active", equalTo(true));
        }

        private String sign(Map<String, Object> claims, String type) {
            return signer.sign(claims, type, KeyAlgorithm.ES256).await().atMost(Duration.ofSeconds(5));
        }

        @Test
        void aRefreshTokenIsItsOwnClientsBusiness() {
            inactive(introspect(refreshToken));
        }

        @Test
        @DisplayName("§2.1: nobody asks who does not authenticate")
        void nobodyAsksUnknown() {
            TestDevice.post("/introspect", Map.of("token", accessToken, "client_id", TestClients.DEVICE))
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", notNullValue())
                    .body("error", equalTo("invalid_client"));
            TestDevice.post("/introspect", Map.of("token", accessToken)).then().statusCode(401);
            ask(API, "").then().statusCode(400).body("error", equalTo("invalid_request"));
        }

        @Test
        @DisplayName("RFC 9701: the answer as a signed token")
        void signed() throws Exception {
            Response answer = given().accept("application/token-introspection+jwt")
                    .formParams(form(API, accessToken))
                    .post("/introspect");
            answer.then().statusCode(200).contentType(startsWith("application/token-introspection+jwt"));
            JwtClaims claims = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(new JwksVerificationKeyResolver(
                            new JsonWebKeySet(given().get("/jwks").asString()).getJsonWebKeys()))
                    .setExpectedIssuer(issuer())
                    .setExpectedAudience(API)
                    .setExpectedType(true, "token-introspection+jwt")
                    .build()
                    .processToClaims(answer.asString());
            assertEquals(
                    true, claims.getClaimValue("token_introspection", Map.class).get("active"));
            assertNotNull(claims.getIssuedAt());
        }

        @Test
        void whoeverLosesTheRightToActLosesTheToken() {
            Object id = device.tokenRow().get("device_id");
            Database.update("update device set state = 'SUSPENDED' where id = ?", id);
            inactive(introspect(accessToken));
            Database.update("update device set state = 'ACTIVE' where id = ?", id);
            introspect(accessToken).then().body("active", equalTo(true));
        }

        @Test
        void theTokensOfAnEndedGrantEndWithIt() {
            Database.update(
                    "update refresh_token set created_at = now() + interval '10 minutes' where id = ?",
                    device.tokenRow().get("id"));
            inactive(introspect(accessToken));
        }
    }

    @Nested
    @DisplayName("RFC 7009 revocation")
    class Revoking {
        @Test
        @DisplayName("§2.1: a refresh token ends the device's grant, with all that came of it")
        void aRefreshToken() {
            revoke(refreshToken, "token_type_hint", "access_token")
                    .then()
                    .statusCode(200)
                    .body(equalTo(""));
            device.refresh(refreshToken).then().statusCode(400).body("error", equalTo("invalid_grant"));
            inactive(introspect(accessToken));
            assertEquals("given back", device.tokenRow().get("revocation_reason"));
            revoke(refreshToken).then().statusCode(200);
        }

        @Test
        void anyTokenOfTheChainWill() {
            device.refresh(refreshToken).then().statusCode(200);
            revoke(refreshToken).then().statusCode(200);
            assertNotNull(device.tokenRow().get("revoked_at"));
        }

        @Test
        void anAccessTokenEndsAlone() {
            revoke(accessToken, "token_type_hint", "refresh_token").then().statusCode(200);
            inactive(introspect(accessToken));
            userInfo("Bearer " + accessToken).then().statusCode(401);
            String next = device.refresh(refreshToken).path("access_token");
            introspect(next).then().body("active", equalTo(true));
            revoke(accessToken).then().statusCode(200);
        }

        @Test
        @DisplayName("§2.2.1: what cannot be put on record is not done, and may be tried again")
        void withoutItsAuditEventNothingIsRevoked() {
            Object id = device.tokenRow().get("device_id");
            Database.whileFull("audit_event", "new.device_id = '" + id + "'", () -> {
                for (String token : new String[] {accessToken, refreshToken}) {
                    revoke(token)
                            .then()
                            .statusCode(503)
                            .header("Retry-After", matchesPattern("[3-7]"))
                            .body("error", equalTo("temporarily_unavailable"));
                }
                assertNull(device.tokenRow().get("revoked_at"));
                introspect(accessToken).then().body("active", equalTo(true));
            });

            revoke(accessToken).then().statusCode(200);
            inactive(introspect(accessToken));
            onRecord("access_token.revoked", id);
            revoke(refreshToken).then().statusCode(200);
            onRecord("device.revoked", id);
        }

        /** Now, and not in a second. */
        private void onRecord(String type, Object device) {
            Map<String, Object> event = Database.one(
                    "select actor_kind, client_id from audit_event where type = ? and device_id = ?", type, device);
            assertEquals(Map.of("actor_kind", "client", "client_id", TestClients.DEVICE), event);
        }

        @Test
        @DisplayName("§2.2: a token that nobody knows is as good as revoked, whatever the hint")
        void unknownOnes() {
            for (String token : new String[] {"x", "jrt_AAAA", "a.b.c", refreshToken.substring(0, 30)}) {
                revoke(token).then().statusCode(200);
                revoke(token, "token_type_hint", "unheard_of").then().statusCode(200);
            }
            TestDevice.post("/revoke", Map.of("client_id", TestClients.DEVICE))
                    .then()
                    .statusCode(400);
        }

        @Test
        void anotherClientsTokensStay() {
            for (String token : new String[] {accessToken, refreshToken}) {
                revokeAs(TestClients.OTHER_DEVICE, token)
                        .then()
                        .statusCode(400)
                        .body("error", equalTo("invalid_grant"));
            }
            introspect(accessToken).then().body("active", equalTo(true));
            device.refresh(refreshToken).then().statusCode(200);
        }

        @Test
        @DisplayName("a thief of a bound token cannot even end the grant")
        void aBoundTokenNeedsItsKey() {
            TestKey key = TestKey.es256();
            TestDevice bound = TestDevice.approved(TestClients.DEVICE);
            String token = given().header("DPoP", key.proof("POST", issuer() + "/token"))
                    .formParams(Map.of(
                            "grant_type", TestDevice.GRANT,
                            "client_id", TestClients.DEVICE,
                            "device_code", bound.deviceCode()))
                    .post("/token")
                    .path("refresh_token");
            revoke(token).then().statusCode(400).body("error", equalTo("invalid_dpop_proof"));
            given().header("DPoP", key.proof("POST", issuer() + "/revoke"))
                    .formParams(Map.of("client_id", TestClients.DEVICE, "token", token))
                    .post("/revoke")
                    .then()
                    .statusCode(200);
            assertNotNull(bound.tokenRow().get("revoked_at"));
        }
    }

    @Nested
    @DisplayName("RFC 7009 §2.1, RFC 9700 §4.14.2: what a revoked grant gave, when its device is granted anew")
    class GrantedAnew {
        private final String serial = "S-" + UUID.randomUUID();
        private TestDevice first;
        private String former;

        @BeforeEach
        void aDeviceThatWillBeTheSame() {
            first = approved();
            former = redeem(first);
            introspect(former).then().body("active", equalTo(true));
        }

        @Test
        void staysRevoked() throws Exception {
            Map<String, Object> revoked = first.tokenRow();
            end(first);
            // A token says the second in which it was issued, and none that is issued in this one counts.
            Eventually.holds(() -> (boolean) Database.one(
                            "select clock_timestamp() > date_trunc('second', revoked_at) + interval '1 second' as ok"
                                    + " from refresh_token where id = ?",
                            revoked.get("id"))
                    .get("ok"));

            for (int times = 1; times <= 2; times++) {
                TestDevice again = approved();
                String next = redeem(again);

                assertEquals(revoked.get("device_id"), again.tokenRow().get("device_id"));
                assertNotEquals(revoked.get("id"), again.tokenRow().get("id"));
                inactive(introspect(former));
                userInfo("Bearer " + former).then().statusCode(401);
                introspect(next).then().body("active", equalTo(true));
                userInfo("Bearer " + next).then().statusCode(200);
            }
        }

        @Test
        void doesNotTakeAlongWhatTheNextGives() {
            Object grant = first.tokenRow().get("id");
            end(first);
            Database.update(
                    "update refresh_token set issued_at = now() - interval '1 hour',"
                            + " revoked_at = now() + interval '2 seconds' where id = ?",
                    grant);
            introspect(redeem(approved())).then().body("active", equalTo(true));
        }

        @Test
        void isAsGoodAsBeforeWhereNobodyRevokedIt() {
            String next = redeem(approved());
            introspect(former).then().body("active", equalTo(true));
            introspect(next).then().body("active", equalTo(true));
        }

        private TestDevice approved() {
            return TestDevice.approved(TestClients.DEVICE, "scope", "openid", "device_serial", serial);
        }

        private String redeem(TestDevice approved) {
            Response answer = approved.poll();
            answer.then().statusCode(200);
            return answer.path("access_token");
        }

        private void end(TestDevice granted) {
            Database.update(
                    "update refresh_token set revoked_at = now(), revocation_reason = 'reuse' where id = ?",
                    granted.tokenRow().get("id"));
            inactive(introspect(former));
        }
    }

    @Nested
    @DisplayName("OpenID Connect Core §5.3 userinfo")
    class Showing {
        @Test
        void saysWhoTheTokenIsFor() {
            String subject = JsonPath.from(introspect(accessToken).asString()).getString("sub");
            userInfo("Bearer " + accessToken).then().statusCode(200).body("sub", equalTo(subject));
            userInfo("bearer " + accessToken).then().statusCode(200);
            given().formParam("access_token", accessToken)
                    .post("/userinfo")
                    .then()
                    .statusCode(200);
            given().header("Authorization", "Bearer " + accessToken)
                    .post("/userinfo")
                    .then()
                    .statusCode(200);
        }

        @Test
        @DisplayName("RFC 6750 §3, RFC 9449 §7.1: who brings nothing is told what there is, and no error")
        void nothing() {
            List<String> algorithms = given().get("/.well-known/openid-configuration")
                    .jsonPath()
                    .getList("dpop_signing_alg_values_supported");
            given().get("/userinfo")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .header(
                            "WWW-Authenticate",
                            endsWith(", DPoP realm=\"jeton\", algs=\"" + String.join(" ", algorithms) + "\""))
                    .header("WWW-Authenticate", not(containsString("error")));
        }

        @Test
        void whatIsNoAccessTokenIsRefused() {
            for (String token : new String[] {"x", refreshToken, tokens.path("id_token"), accessToken + "x"}) {
                userInfo("Bearer " + token)
                        .then()
                        .statusCode(401)
                        .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                        .body("error", equalTo("invalid_token"));
            }
        }

        @Test
        void twoWaysAtOnceAreRefused() {
            given().header("Authorization", "Bearer " + accessToken)
                    .formParam("access_token", accessToken)
                    .post("/userinfo")
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("invalid_request"));
        }

        @Test
        void withoutOpenidNobodyIsShown() {
            String plain = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write")
                    .poll()
                    .path("access_token");
            userInfo("Bearer " + plain)
                    .then()
                    .statusCode(403)
                    .header("WWW-Authenticate", containsString("insufficient_scope"))
                    .body("error", equalTo("insufficient_scope"));
        }

        @Test
        @DisplayName("RFC 9449 §7: a bound token needs a proof that is for it")
        void aBoundToken() {
            TestKey key = TestKey.es256();
            String bound = given().header("DPoP", key.proof("POST", issuer() + "/token"))
                    .formParams(Map.of(
                            "grant_type", TestDevice.GRANT,
                            "client_id", TestClients.DEVICE,
                            "device_code",
                                    TestDevice.approved(TestClients.DEVICE, "scope", "openid")
                                            .deviceCode()))
                    .post("/token")
                    .path("access_token");
            String uri = issuer() + "/userinfo";
            for (String authorization : List.of("Bearer " + bound, "DPoP " + bound, "DPoP " + accessToken, "DPoP x")) {
                userInfo(authorization)
                        .then()
                        .statusCode(401)
                        .header("WWW-Authenticate", startsWith("DPoP "))
                        .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                        .header("WWW-Authenticate", containsString("algs=\"ES256 "));
            }
            withProof(bound, key.proof("GET", uri)).then().statusCode(401);
            withProof(bound, key.proof("GET", uri, "ath", hash(accessToken)))
                    .then()
                    .statusCode(401);
            withProof(bound, key.proof("POST", uri, "ath", hash(bound))).then().statusCode(401);
            withProof(bound, TestKey.es256().proof("GET", uri, "ath", hash(bound)))
                    .then()
                    .statusCode(401);
            withProof(bound, key.proof("GET", uri, "ath", hash(bound), "iat", "1000"))
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", containsString("error=\"use_dpop_nonce\""))
                    .header("DPoP-Nonce", notNullValue());
            String proof = key.proof("GET", uri, "ath", hash(bound));
            withProof(bound, proof).then().statusCode(200);
            withProof(bound, proof).then().statusCode(401).header("WWW-Authenticate", startsWith("DPoP"));
        }
    }

    @Test
    void theMetadataSayIt() {
        given().get("/.well-known/openid-configuration")
                .then()
                .body("revocation_endpoint", equalTo(issuer() + "/revoke"))
                .body("introspection_endpoint", equalTo(issuer() + "/introspect"))
                .body("userinfo_endpoint", equalTo(issuer() + "/userinfo"))
                .body("introspection_signing_alg_values_supported", hasItem("ES256"))
                .body("introspection_endpoint_auth_methods_supported", not(hasItem("none")))
                .body("revocation_endpoint_auth_methods_supported", hasItems("none", "client_secret_basic"));
    }

    private static String hash(String token) {
        try {
            return Identifier.of(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response withProof(String token, String proof) {
        return given().header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .get("/userinfo");
    }

    private static Response userInfo(String authorization) {
        return given().header("Authorization", authorization).get("/userinfo");
    }

    private static void inactive(Response answer) {
        answer.then().statusCode(200).body("active", equalTo(false));
    }

    private static Response introspect(String token) {
        return ask(API, token);
    }

    private static Response ask(String asker, String token) {
        if (asker.equals(TestClients.SERVICE)) {
            return given().auth()
                    .preemptive()
                    .basic(asker, URLEncoder.encode(TestClients.SECRET, StandardCharsets.UTF_8))
                    .formParam("token", token)
                    .post("/introspect");
        }
        return TestDevice.post("/introspect", form(asker, token));
    }

    private static Map<String, String> form(String asker, String token) {
        return Map.of("client_id", asker, "client_secret", TestClients.SECRET, "token", token);
    }

    private static Response revoke(String token, String... more) {
        return revokeAs(TestClients.DEVICE, token, more);
    }

    private static Response revokeAs(String client, String token, String... more) {
        Map<String, String> form = new HashMap<>(Map.of("client_id", client, "token", token));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return TestDevice.post("/revoke", form);
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }
}
