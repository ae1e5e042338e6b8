package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.bearer;
import static io.jeton.test.TestOperator.reader;
import static io.jeton.test.TestOperator.token;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.audit.EventType;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TestService;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@DisplayName("The admin API: who may, and what everything there has in common")
class AdminAccessTest {
    private static final String CLIENTS = "/admin/clients";

    @Nested
    @DisplayName("RFC 6750 tokens")
    class Tokens {
        @Test
        void whoMayLookMayLook() {
            for (Response list : List.of(reader().get(CLIENTS), admin().get(CLIENTS))) {
                list.then()
                        .statusCode(200)
                        .contentType("application/json")
                        .header("Cache-Control", "no-store")
                        .body("items.id", not(hasSize(0)));
            }
        }

        @Test
        void whoBringsNothingIsToldNoError() {
            refused(given().get(CLIENTS), 401, "invalid_token")
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .header("WWW-Authenticate", not(containsString("error")));
        }

        @Test
        void whatIsNoTokenOfOursIsRefused() {
            String good = token("jeton:admin");
            TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "openid");
            Response tokens = device.poll();
            for (String token : List.of(
                    "x",
                    good + "x",
                    good.substring(0, good.length() - 3),
                    tokens.<String>path("id_token"),
                    tokens.<String>path("refresh_token"))) {
                refused(bearer(token).get(CLIENTS), 401, "invalid_token")
                        .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
            }
            refused(given().header("Authorization", "Basic eDp4").get(CLIENTS), 401, "invalid_token");
            refused(
                    given().header("Authorization", "Bearer " + good, "Bearer " + good)
                            .get(CLIENTS),
                    400,
                    "invalid_request");
        }

        @Test
        void aTokenInTheQueryIsNoToken() {
            refused(given().get(CLIENTS + "?access_token=" + token("jeton:admin")), 401, "invalid_token");
        }

        @Test
        @DisplayName("RFC 9068 §4: a token that another service is shown as well is worth nothing here")
        void theAudienceIsThisServiceAlone() {
            String shared = TestService.token(TestClients.SHARED_OPERATOR, "scope", "jeton:admin")
                    .path("access_token");
            refused(bearer(shared).get(CLIENTS), 401, "invalid_token");
        }

        @Test
        void anotherScopeIsNotEnough() {
            for (String scope : new String[] {"telemetry:read"}) {
                String token =
                        TestService.token(TestClients.OPERATOR, "scope", scope).path("access_token");
                refused(bearer(token).get(CLIENTS), 403, "insufficient_scope")
                        .header("WWW-Authenticate", containsString("scope=\"jeton:admin:read\""));
            }
        }

        @Test
        void whoIsRefusedIsOnRecord() throws Exception {
            String token = token("telemetry:read");
            bearer(token).post("/admin/users/somebody/disable").then().statusCode(403);
            Eventually.holds(
                    () -> isOnRecord("subject = 'POST /admin/users' and actor_kind = 'operator' and actor_id = '"
                            + TestClients.OPERATOR + "' and client_id = actor_id and reason like '%scope%'"));
            bearer("a-guess").get("/admin/audit").then().statusCode(401);
            Eventually.holds(() -> isOnRecord("subject = 'GET /admin/audit' and actor_id is null"));
            assertEquals(
                    List.of(),
                    Database.query("select 1 from audit_event where concat(subject, reason) like '%a-guess%'"));
            assertTrue(EventType.ADMIN_REFUSED.isUnbounded(), "a flood is counted, not told each time");
        }

        private static boolean isOnRecord(String condition) {
            return !Database.query("select 1 from audit_event where type = 'admin.refused' and outcome = 'refused'"
                            + " and remote_address = '127.0.0.1' and " + condition)
                    .isEmpty();
        }

        @Test
        void aScopeThatIsNotAskedForIsNotGiven() {
            TestService.token(TestClients.OPERATOR).then().body("scope", equalTo("telemetry:read"));
            TestService.token(TestClients.POST_SERVICE, "scope", "jeton:admin")
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("invalid_scope"));
        }

        @Test
        void aTokenThatWasTakenBackIsRefused() {
            String token = token("jeton:admin:read");
            bearer(token).get(CLIENTS).then().statusCode(200);
            TestDevice.post(
                            "/revoke",
                            Map.of(
                                    "client_id", TestClients.OPERATOR,
                                    "client_secret", TestClients.SECRET,
                                    "token", token))
                    .then()
                    .statusCode(200);
            refused(bearer(token).get(CLIENTS), 401, "invalid_token");
        }

        @Test
        void whatTheClientIsNoLongerRegisteredForCountsNoMore() throws Exception {
            String token = token("jeton:admin:read");
            Object scope = Database.one("select scope from client where id = ?", TestClients.OPERATOR)
                    .get("scope");
            Database.update("update client set scope = 'telemetry:read' where id = ?", TestClients.OPERATOR);
            try {
                Eventually.holds(() -> bearer(token).get(CLIENTS).statusCode() == 403);
            } finally {
                Database.update("update client set scope = ? where id = ?", scope, TestClients.OPERATOR);
            }
            Eventually.holds(() -> bearer(token).get(CLIENTS).statusCode() == 200);
        }

        @Test
        @DisplayName("RFC 9449 §7: a bound token needs its proof")
        void aBoundTokenNeedsItsProof() throws Exception {
            TestKey key = TestKey.es256();
            String issuer = given().get("/.well-known/openid-configuration").path("issuer");
            String bound = given().header("DPoP", key.proof("POST", issuer + "/token"))
                    .formParams(Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            TestClients.OPERATOR,
                            "client_secret",
                            TestClients.SECRET,
                            "scope",
                            "jeton:admin:read"))
                    .post("/token")
                    .path("access_token");
            String uri = issuer + CLIENTS + "/" + TestClients.DEVICE;
            String proof = key.proof("GET", uri, "ath", hash(bound));
            refused(bearer(bound).get(CLIENTS), 401, "invalid_token");
            for (String wrong : List.of(
                    key.proof("GET", uri),
                    key.proof("GET", issuer + CLIENTS, "ath", hash(bound)),
                    key.proof("DELETE", uri, "ath", hash(bound)),
                    TestKey.es256().proof("GET", uri, "ath", hash(bound)))) {
                proven(bound, wrong)
                        .then()
                        .statusCode(401)
                        .contentType("application/problem+json")
                        .header("WWW-Authenticate", notNullValue());
            }
            proven(bound, proof).then().statusCode(200).body("id", equalTo(TestClients.DEVICE));
            refused(proven(bound, proof), 401, "invalid_dpop_proof").header("WWW-Authenticate", startsWith("DPoP"));
        }

        private static Response proven(String token, String proof) {
            return given().header("Authorization", "DPoP " + token)
                    .header("DPoP", proof)
                    .get(CLIENTS + "/" + TestClients.DEVICE);
        }
    }

    @Nested
    @DisplayName("RFC 9457 problems")
    class Refusals {
        @Test
        void whatIsNotThereIsAProblem() {
            for (String path : List.of(CLIENTS + "/nobody", "/admin/nothing", "/admin", CLIENTS + "/a%00b")) {
                admin().get(path)
                        .then()
                        .statusCode(404)
                        .contentType("application/problem+json")
                        .header("Cache-Control", "no-store")
                        .body("title", equalTo("Not Found"))
                        .body("status", equalTo(404))
                        .body("detail", notNullValue());
            }
        }

        @Test
        void theRootSaysWhereTheDescriptionIsToWhoHasNoTokenToo() {
            for (String root : List.of("/admin", "/admin/")) {
                given().get(root)
                        .then()
                        .statusCode(404)
                        .contentType("application/problem+json")
                        .header("Cache-Control", "no-store")
                        .body("detail", containsString("openapi.json below it"));
            }
            given().get("/admin/openapi.json").then().statusCode(200);
        }

        @Test
        void anotherMethodIsAProblem() {
            admin().delete(CLIENTS).then().statusCode(405).contentType("application/problem+json");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "limit=0",
                    "limit=201",
                    "limit=x",
                    "limit=1&limit=2",
                    "limit=99999999999",
                    "after=x",
                    "after=%00",
                    "after=AA",
                    "after=AQ",
                    "after=Af8",
                    "size=1"
                })
        void aQueryThatIsWrongIsAProblem(String query) {
            // Encoded as it is.
            reader().urlEncodingEnabled(false)
                    .get(CLIENTS + "?" + query)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("status", equalTo(400));
        }

        /** The server refuses it by itself, before anything of ours sees it. */
        @Test
        void aQueryThatIsNoQueryIsRefused() throws Exception {
            String token = token("jeton:admin:read");
            for (String query : List.of("%zz=1", "q=%zz", "limit=%f", "q=%")) {
                try (Socket socket = new Socket("localhost", RestAssured.port)) {
                    String request = "GET " + CLIENTS + "?" + query + " HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Bearer " + token + "\r\nConnection: close\r\n\r\n";
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    assertTrue(answer.startsWith("HTTP/1.1 400 "), query + ": " + answer);
                }
            }
        }

        @Test
        void outsideTheAdminApiNothingHasChanged() {
            given().get("/administration")
                    .then()
                    .statusCode(404)
                    .contentType("application/json")
                    .body("error", equalTo("invalid_request"));
        }
    }

    @Nested
    @DisplayName("Pages")
    class Pages {
        @Test
        void theWholeListIsWalkedByItsLinks() {
            List<String> walked = new ArrayList<>();
            Response page = reader().queryParam("limit", 3).get(CLIENTS);
            while (true) {
                List<String> ids = page.path("items.id");
                walked.addAll(ids);
                String next = page.path("next");
                if (next == null) {
                    page.then().header("Link", nullValue());
                    break;
                }
                assertEquals(3, ids.size());
                page.then().header("Link", equalTo("<" + next + ">; rel=\"next\""));
                page = reader().urlEncodingEnabled(false).get(next);
            }
            assertEquals(new ArrayList<>(new TreeSet<>(walked)).size(), walked.size());
            assertEquals(
                    Database.query("select id from client").stream()
                            .map(row -> row.get("id"))
                            .collect(Collectors.toSet()),
                    new TreeSet<Object>(walked));
        }

        @Test
        void aSearchGoesOnAsASearch() {
            Response page =
                    reader().queryParam("q", "DEVICE").queryParam("limit", 2).get(CLIENTS);
            page.then().statusCode(200).body("items", hasSize(2)).body("next", containsString("q=DEVICE"));
            assertFalse(page.<List<String>>path("items.id").contains(TestClients.SERVICE));
            reader().queryParam("q", "%").get(CLIENTS).then().statusCode(200).body("items", hasSize(0));
        }

        @Test
        void aSecretIsNeverInThem() {
            String all = reader().queryParam("limit", 200).get(CLIENTS).asString();
            assertFalse(all.contains("secret\":"), all);
            assertFalse(all.contains(TestClients.SECRET), all);
        }
    }

    private static ValidatableResponse refused(Response response, int status, String error) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("status", equalTo(status))
                .body("error", equalTo(error))
                .body("detail", notNullValue());
    }

    private static String hash(String token) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    }
}
