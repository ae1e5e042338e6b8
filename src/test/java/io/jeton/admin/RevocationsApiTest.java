package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.reader;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestFleet;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@DisplayName("/admin/revocations: many devices at once")
class RevocationsApiTest {
    private static final String REVOCATIONS = "/admin/revocations";

    @Test
    void tenThousandAreRevokedOverAPauseAndNoneIsLost() throws Exception {
        TestFleet fleet = TestFleet.of(10_000);
        Database.update("""
                update refresh_token set revoked_at = now() where device_id in
                    (select id from device where model = ? and serial like 'b1%')""", fleet.model());
        int live = 10_000 - 1112;
        String order = "{\"selector\": {\"client\": \"" + TestClients.DEVICE + "\", \"model\": \"" + fleet.model()
                + "\", \"owner\": \"" + TestClients.PERSON + "\"}, \"per_second\": 2500, \"reason\": \"recalled\"%s}";

        send(order.formatted(""))
                .then()
                .statusCode(200)
                .body("matched", equalTo(live))
                .body("sample", hasSize(10))
                .body("sample.model", everyItem(equalTo(fleet.model())));
        assertEquals(live, fleet.live(), "a dry run does nothing");

        Response begun = send(order.formatted(", \"dry_run\": false"));
        begun.then()
                .statusCode(202)
                .header("Location", endsWith(REVOCATIONS + "/" + begun.path("id")))
                .body("state", equalTo("running"))
                .body("matched", equalTo(live))
                .body("reason", equalTo("recalled"))
                .body("started_by", equalTo(TestClients.OPERATOR))
                .body("selector.owner", equalTo(TestDevice.person().toString()));
        String path = REVOCATIONS + "/" + begun.path("id");

        Eventually.holds(() -> done(path) > 0);
        admin().post(path + "/pause").then().statusCode(200).body("state", equalTo("paused"));
        int paused = done(path);
        assertTrue(paused > 0 && paused < live, "paused after " + paused);
        assertEquals(live - paused, fleet.live());
        admin().post(path + "/pause").then().statusCode(409).body("detail", equalTo("the bulk revocation is paused"));
        assertEquals(paused, done(path));

        admin().post(path + "/resume").then().statusCode(200).body("state", equalTo("running"));
        Eventually.holds(() -> "done".equals(reader().get(path).path("state")));
        assertEquals(live, done(path), "what the dry run counted");
        assertEquals(0, fleet.live());
        assertEquals(live, fleet.count("version = 2"), "each of them once");
        assertEquals(10_000 - live, fleet.count("version = 1"));
        send(order.formatted("")).then().body("matched", equalTo(0));
        Object id = begun.path("id");
        Eventually.holds(() -> List.of("started", "paused", "resumed", "finished").stream()
                .allMatch(what -> told("bulk_revocation." + what, id)));
    }

    @Test
    void whereMoreMatchThanWhenSomebodyLookedNothingBegins() throws Exception {
        TestFleet fleet = TestFleet.of(20);
        String order = "{\"selector\": {\"model\": \"" + fleet.model() + "\"}, \"per_second\": 1000, \"max\": %d%s}";
        send(order.formatted(1, "")).then().statusCode(200).body("matched", equalTo(20));
        send(order.formatted(19, ", \"dry_run\": false"))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jeton:problem:too-many"))
                .body("matched", equalTo(20))
                .body("detail", containsString("20 devices match now"));
        assertEquals(20, fleet.live());
        assertEquals(
                0,
                Database.query("select from bulk_revocation where selector->>'model' = ?", fleet.model())
                        .size());

        Response begun = send(order.formatted(20, ", \"dry_run\": false"));
        begun.then().statusCode(202).body("matched", equalTo(20));
        Eventually.holds(() -> fleet.live() == 0);
    }

    @Test
    void onlyThoseGoneQuietAreSuspended() throws Exception {
        TestFleet fleet = TestFleet.of(20);
        Database.update("""
                update refresh_token set issued_at = '2026-01-01T00:00Z' where device_id in
                    (select id from device where model = ? and serial like 'b1%')""", fleet.model());
        Database.update("update device set first_seen_at = '2025-01-01T00:00Z' where model = ?", fleet.model());
        Response begun = send("{\"selector\": {\"model\": \"" + fleet.model()
                + "\", \"serial_prefix\": \"b\", \"state\": \"active\", \"seen_before\": \"2026-06-01T00:00:00Z\"},"
                + " \"action\": \"suspend\", \"per_second\": 1000, \"dry_run\": false}");
        begun.then()
                .statusCode(202)
                .body("matched", equalTo(11))
                .body("selector.seen_before", equalTo("2026-06-01T00:00:00Z"))
                .body("reason", equalTo("by an operator"));
        String path = REVOCATIONS + "/" + begun.path("id");
        Eventually.holds(() -> "done".equals(reader().get(path).path("state")));
        assertEquals(11, fleet.count("state = 'SUSPENDED' and state_changed_by = 'OPERATOR'"));
        assertEquals(20, fleet.live());
    }

    @Test
    void whatIsCancelledGoesOnNoMore() {
        TestFleet fleet = TestFleet.of(50);
        Response begun =
                send("{\"selector\": {\"model\": \"" + fleet.model() + "\"}, \"per_second\": 1, \"dry_run\": false}");
        String path = REVOCATIONS + "/" + begun.path("id");
        reader().post(path + "/cancel").then().statusCode(403);
        admin().post(path + "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
        long live = fleet.live();
        assertTrue(live > 40, "live " + live);
        for (String late : List.of("pause", "resume", "cancel")) {
            admin().post(path + "/" + late)
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("the bulk revocation is cancelled"));
        }
        assertEquals(live, fleet.live());
    }

    @Test
    void theNewestComeFirst() {
        TestFleet fleet = TestFleet.of(1);
        String order = "{\"selector\": {\"model\": \"" + fleet.model() + "\"}, \"dry_run\": false}";
        List<String> ids = List.of(
                send(order).path("id"), send(order).path("id"), send(order).path("id"));
        List<Object> walked = Walk.all(REVOCATIONS + "?limit=1", "id");
        assertEquals(List.of(ids.get(2), ids.get(1), ids.get(0)), walked.subList(0, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"selector\": {}}",
                "{\"selector\": null}",
                "{\"selector\": []}",
                "{\"selector\": \"all\"}",
                "{\"selector\": {\"model\": \"\"}}",
                "{\"selector\": {\"model\": 1}}",
                "{\"selector\": {\"model\": \"*\", \"modell\": \"x\"}}",
                "{\"selector\": {\"state\": \"ACTIVE\"}}",
                "{\"selector\": {\"owner\": \"nobody\"}}",
                "{\"selector\": {\"owner\": \"\\u0000\"}}",
                "{\"selector\": {\"client\": \"\\ud800\"}}",
                "{\"selector\": {\"seen_before\": \"soon\"}}",
                "{\"selector\": {\"seen_before\": \"2026-01-01T00:00:00Z\", \"seen_after\": \"2026-01-01T00:00:00Z\"}}",
                "{\"selector\": {\"model\": \"m\"}, \"per_second\": 0}",
                "{\"selector\": {\"model\": \"m\"}, \"per_second\": 10001}",
                "{\"selector\": {\"model\": \"m\"}, \"max\": 0}",
                "{\"selector\": {\"model\": \"m\"}, \"max\": -1}",
                "{\"selector\": {\"model\": \"m\"}, \"max\": \"all\"}",
                "{\"selector\": {\"model\": \"m\"}, \"per_second\": 1e99}",
                "{\"selector\": {\"model\": \"m\"}, \"per_second\": 99999999999999999999999}",
                "{\"selector\": {\"model\": \"m\"}, \"action\": \"delete\"}",
                "{\"selector\": {\"model\": \"m\"}, \"reason\": \"\"}",
                "{\"selector\": {\"model\": \"m\"}, \"dry_run\": \"false\"}",
                "{\"selector\": {\"model\": \"m\"}, \"dry-run\": false}",
                "{\"selector\": {\"model\": \"m\"}, \"dry_run\": false, \"dry_run\": true}"
            })
    void aWrongOrderBeginsNothing(String body) {
        long before = count();
        Response refused = send(body);
        refused.then().contentType("application/problem+json");
        assertEquals(4, refused.statusCode() / 100);
        Response begun = send(body.replaceFirst("}$", ", \"dry_run\": false}"));
        assertEquals(4, begun.statusCode() / 100);
        assertEquals(before, count());
    }

    @Test
    void allThatIsWrongIsNamedByAPointer() {
        send("{\"selector\": {\"model\": \"\", \"colour\": \"red\"}, \"per_second\": 0, \"now\": true}")
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        equalTo(List.of("#/per_second", "#/now", "#/selector/model", "#/selector/colour")));
        send("{\"selector\": {}}")
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("#/selector")))
                .body("errors.detail", hasItem(containsString("it is empty")));
        send("{\"selector\": {\"owner\": \"nobody\"}}").then().body("errors.pointer", hasItem("#/selector/owner"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String id : List.of("x", UUID.randomUUID().toString())) {
            reader().get(REVOCATIONS + "/" + id).then().statusCode(404);
            admin().post(REVOCATIONS + "/" + id + "/pause")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
        reader().get(REVOCATIONS + "?state=running").then().statusCode(400);
        reader().get(REVOCATIONS + "?after=AXg").then().statusCode(400).body(not(containsString("items")));
    }

    @Test
    void whoMayLookBeginsNothing() {
        long before = count();
        reader().contentType("application/json")
                .body("{\"selector\": {\"model\": \"m\"}, \"dry_run\": false}")
                .post(REVOCATIONS)
                .then()
                .statusCode(403);
        assertEquals(before, count());
    }

    private static Response send(String body) {
        return admin().contentType("application/json").body(body).post(REVOCATIONS);
    }

    private static int done(String path) {
        return reader().get(path).then().statusCode(200).extract().path("done");
    }

    private static long count() {
        return (long) Database.one("select count(*) from bulk_revocation").get("count");
    }

    private static boolean told(String type, Object subject) {
        return !Database.query(
                        "select 1 from audit_event where type = ? and subject = ? and actor_id = ?",
                        type,
                        subject,
                        TestClients.OPERATOR)
                .isEmpty();
    }
}
