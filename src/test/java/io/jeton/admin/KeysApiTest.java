package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.reader;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@DisplayName("/admin/keys")
class KeysApiTest {
    private static final String KEYS = "/admin/keys";
    private static final String ROTATION = "select pg_advisory_xact_lock(x'6a65746f6e'::bigint)";

    @Test
    void theTimetableHasEveryKeyAndNoSecret() {
        Response found = reader().get(KEYS);
        found.then()
                .statusCode(200)
                .body("timetables.algorithm", equalTo(List.of("ES256", "RS256", "EdDSA", "HMAC")))
                .body("timetables.next_rotation_at", hasSize(4))
                .body("timetables.next_rotation_at", not(hasItem((Object) null)))
                .body("timetables.rotatable_from", not(hasItem((Object) null)))
                .body(not(containsString("sealed")))
                .body(not(containsString("\"d\"")));
        List<List<String>> kids = found.path("timetables.keys.kid");
        assertEquals(
                Database.query("select kid from signing_key").size(),
                kids.stream().mapToInt(List::size).sum());
        List<List<String>> states = found.path("timetables.keys.state");
        assertTrue(states.stream().allMatch(of -> of.contains("active") && of.contains("pending")), "" + states);
    }

    @Test
    void theNextKeyTakesOverOnceVerifiersKnowIt() throws Exception {
        Database.update("update signing_key set published_at = now() where algorithm = 'EdDSA' and state = 'PENDING'");
        Object before = kid("EdDSA", "ACTIVE");
        Object next = kid("EdDSA", "PENDING");
        rotate("{\"algorithm\": \"EdDSA\"}")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("it can take over from 20"));
        assertEquals(before, kid("EdDSA", "ACTIVE"));

        Database.update("update signing_key set published_at = now() - interval '25 hours'"
                + " where algorithm = 'EdDSA' and state = 'PENDING'");
        rotate("{\"algorithm\": \"EdDSA\"}")
                .then()
                .statusCode(200)
                .body("algorithm", equalTo("EdDSA"))
                .body("keys.find { it.kid == '" + next + "' }.state", equalTo("active"))
                .body("keys.find { it.kid == '" + before + "' }.state", equalTo("retired"))
                .body("keys.find { it.kid == '" + before + "' }.retained_until", notNullValue());
        assertEquals(next, kid("EdDSA", "ACTIVE"));
        Eventually.holds(() -> Database.query(
                                "select 1 from audit_event where type = 'key.activated' and subject = ? and actor_id = ?",
                                next,
                                TestClients.OPERATOR)
                        .size()
                == 1);
    }

    @Test
    void ofTwoOperatorsWhoRotateAtOnceOneIsToldThatItIsDone() throws Exception {
        Database.update("update signing_key set published_at = now() - interval '25 hours'"
                + " where algorithm = 'RS256' and state = 'PENDING'");
        Object next = kid("RS256", "PENDING");
        List<Integer> statuses = Concurrently.call(
                        2, () -> rotate("{\"algorithm\": \"RS256\"}").statusCode())
                .stream()
                .sorted()
                .toList();
        assertEquals(List.of(200, 409), statuses);
        assertEquals(next, kid("RS256", "ACTIVE"));
    }

    /** Both have decided before either has done it: they wait for the same lock. */
    @Test
    void whoWaitedWhileAnotherRotatedIsToldTheTruth() throws Exception {
        Database.update("update signing_key set published_at = now() - interval '25 hours'"
                + " where algorithm = 'RS256' and state = 'PENDING'");
        Object next = kid("RS256", "PENDING");
        ExecutorService operators = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> order = () -> rotate("{\"algorithm\": \"RS256\"}").statusCode();
            List<Future<Integer>> waiting = Database.whileLocked(ROTATION, () -> {
                List<Future<Integer>> both = List.of(operators.submit(order), operators.submit(order));
                Eventually.holds(
                        () -> Database.query("select from pg_locks where locktype = 'advisory' and not granted")
                                        .size()
                                >= 2);
                return both;
            });
            List<Integer> statuses = Stream.of(
                            waiting.get(0).get(), waiting.get(1).get())
                    .sorted()
                    .toList();
            assertEquals(List.of(200, 409), statuses);
        } finally {
            operators.shutdownNow();
        }
        assertEquals(next, kid("RS256", "ACTIVE"));
    }

    @Test
    void aCompromisedKeyIsOutAtOnceAndTheAnswerSaysWhomThatConcerns() throws Exception {
        Object compromised = kid("RS256", "ACTIVE");
        Object next = kid("RS256", "PENDING");
        reader().get(KEYS + "/" + compromised)
                .then()
                .statusCode(200)
                .body("key.state", equalTo("active"))
                .body("removal.clients", hasItem(TestClients.RSA_DEVICE))
                .body("removal.refresh_tokens", equalTo(0))
                .body("removal.verifiers_learn_within", equalTo("PT1H"))
                .body("removal.meaning", containsString("refused by every verifier"));
        reader().get(KEYS + "/" + next).then().body("removal.meaning", containsString("has signed nothing"));
        reader().post(KEYS + "/" + compromised + "/compromised").then().statusCode(403);
        assertEquals(compromised, kid("RS256", "ACTIVE"));

        admin().post(KEYS + "/" + compromised + "/compromised")
                .then()
                .statusCode(200)
                .body("key.kid", equalTo(compromised))
                .body("removal.clients", hasItem(TestClients.RSA_DEVICE))
                .body("timetable.keys.kid", not(hasItem(compromised)))
                .body("timetable.keys.find { it.kid == '" + next + "' }.state", equalTo("active"));

        Eventually.holds(() -> !given().get("/jwks").asString().contains((String) compromised));
        reader().get(KEYS + "/" + compromised).then().statusCode(404);
        admin().post(KEYS + "/" + compromised + "/compromised").then().statusCode(404);
    }

    @Test
    void aSecretsReportCountsTheRefreshTokensItSealed() {
        TestDevice.approved(TestClients.DEVICE).redeem();
        reader().get(KEYS + "/" + kid("HMAC", "ACTIVE"))
                .then()
                .statusCode(200)
                .body("removal.clients", hasSize(0))
                .body("removal.refresh_tokens", greaterThanOrEqualTo(1))
                .body("removal.meaning", containsString("approval again"));
        reader().get(KEYS + "/" + kid("HMAC", "PENDING")).then().body("removal.refresh_tokens", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "x",
                "{\"algorithm\": \"none\"}",
                "{\"algorithm\": \"es256\"}",
                "{\"algorithm\": null}",
                "{\"algorithm\": [\"ES256\"]}",
                "{\"algorithm\": \"ES256\", \"now\": true}"
            })
    void aWrongOrderTurnsNoKey(String body) {
        Map<String, Object> before = keys();
        Response refused = rotate(body);
        refused.then().contentType("application/problem+json");
        assertEquals(4, refused.statusCode() / 100);
        assertEquals(before, keys());
    }

    @Test
    void whatIsNoKeyIsNotFound() {
        Map<String, Object> before = keys();
        for (String kid : List.of("x", "rotate", "%00", "%27%20or%20true")) {
            reader().urlEncodingEnabled(false).get(KEYS + "/" + kid).then().statusCode(404);
            admin().urlEncodingEnabled(false)
                    .post(KEYS + "/" + kid + "/compromised")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
        assertEquals(before, keys());
    }

    private static Response rotate(String body) {
        return admin().contentType("application/json").body(body).post(KEYS + "/rotate");
    }

    private static Object kid(String algorithm, String state) {
        return Database.one("select kid from signing_key where algorithm = ? and state = ?", algorithm, state)
                .get("kid");
    }

    private static Map<String, Object> keys() {
        return Database.one("select string_agg(kid || state, ',' order by kid) as keys from signing_key");
    }
}
