package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.reader;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jeton.protocol.Identifier;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestFleet;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@DisplayName("/admin/devices")
class DevicesApiTest {
    private static final String DEVICES = "/admin/devices";
    private static final String PATCH = "application/merge-patch+json";

    @Nested
    class Lists {
        private final TestFleet fleet = TestFleet.of(7);

        @Test
        void everyFilterSelects() {
            Database.update("update device set state = 'SUSPENDED' where id = ?", fleet.device(3));
            Database.update(
                    "update device set first_seen_at = '2020-05-01T00:00Z' where model = ? and serial < 'b5'",
                    fleet.model());
            Database.update(
                    "update refresh_token set issued_at = '2020-06-01T00:00Z' where device_id = ?", fleet.device(1));
            selects(7, "client=" + TestClients.DEVICE);
            selects(0, "client=" + TestClients.OTHER_DEVICE);
            selects(7, "owner=" + TestClients.PERSON);
            selects(7, "owner=" + TestDevice.person());
            selects(1, "serial=b3-" + fleet.model());
            selects(1, "serial_prefix=b3");
            selects(1, "state=suspended");
            selects(6, "state=active");
            selects(1, "seen_before=2020-06-02T00:00:00Z");
            selects(6, "seen_after=2020-06-02T00:00:00%2B01:00");
            selects(1, "seen_after=2020-05-31T00:00:00Z&seen_before=2020-06-02T00:00:00Z");
            reader().get(DEVICES + "?model=nothing").then().statusCode(200).body("items", hasSize(0));
        }

        @Test
        void pagesHaveEveryDeviceOnce() {
            List<Object> walked = Walk.all(DEVICES + "?limit=2&model=" + fleet.model(), "id");
            assertEquals(7, walked.size());
            assertEquals(7, new HashSet<>(walked).size());
        }

        private void selects(int count, String query) {
            reader().urlEncodingEnabled(false)
                    .get(DEVICES + "?model=" + fleet.model() + "&" + query)
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(count));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "state=ACTIVE",
                    "state=gone",
                    "seen_before=yesterday",
                    "seen_before=1969-12-31T00:00:00Z",
                    "seen_before=2026-11-26T09:00:00",
                    "seen_after=%2B999999999-12-31T23:59:59Z",
                    "seen_after=2026-01-02T00:00:00Z&seen_before=2026-01-02T00:00:00Z",
                    "owner=nobody",
                    "owner=00000000-0000-0000-0000-000000000000",
                    "owner=%00",
                    "model=%00",
                    "serial=a%0Ab",
                    "client=%ED%A0%80%00",
                    "serial_prefix=" + LONG,
                    "q=x",
                    "state=active&state=active",
                    "limit=-1",
                    "after=AXg",
                    "after=AQ"
                })
        void aWrongFilterIsAProblemThatSaysWhatIsRight(String query) {
            reader().urlEncodingEnabled(false)
                    .get(DEVICES + "?" + query)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("detail", notNullValue());
        }

        private static final String LONG = "0123456789012345678901234567890123456789012345678901234567890123456789"
                + "0123456789012345678901234567890123456789012345678901234567890123456789"
                + "0123456789012345678901234567890123456789012345678901234567890123456789";

        @Test
        void theMessageNamesTheParameter() {
            reader().get(DEVICES + "?state=gone")
                    .then()
                    .body("detail", equalTo("state must be active or suspended or retired"));
            reader().get(DEVICES + "?owner=nobody")
                    .then()
                    .body("detail", equalTo("owner must be the name or the id of a user there is"));
        }
    }

    @Nested
    class One {
        private TestDevice device;
        private String refreshToken;
        private UUID id;
        private String path;

        @BeforeEach
        void aDevice() {
            device = TestDevice.approved(
                    TestClients.DEVICE,
                    "device_name",
                    "Kettle",
                    "device_serial",
                    UUID.randomUUID().toString());
            refreshToken = device.redeem();
            id = (UUID) device.tokenRow().get("device_id");
            path = DEVICES + "/" + id;
        }

        @Test
        void isFoundByItsIdAndByThatOfItsTokens() {
            for (String name : List.of(id.toString(), Identifier.of(id))) {
                Response found = reader().get(DEVICES + "/" + name);
                found.then()
                        .statusCode(200)
                        .header("ETag", equalTo("\"1\""))
                        .body("id", equalTo(id.toString()))
                        .body("device_id", equalTo(Identifier.of(id)))
                        .body("owner", equalTo(TestClients.PERSON))
                        .body("name", equalTo("Kettle"))
                        .body("state", equalTo("active"))
                        .body("last_seen_from", equalTo("127.0.0.1"))
                        .body("grant.live", equalTo(true));
                assertFalse(found.asString().contains("jrt_"));
            }
            for (String wrong : List.of(UUID.randomUUID().toString(), "x", "%00", "import")) {
                reader().urlEncodingEnabled(false)
                        .get(DEVICES + "/" + wrong)
                        .then()
                        .statusCode(wrong.equals("import") ? 405 : 404)
                        .contentType("application/problem+json");
            }
        }

        @Test
        void aSuspendedDeviceWaitsAndGoesOnWhenItIsResumed() {
            order("suspend", "{\"reason\": \"lost\"}").then().statusCode(200).body("state", equalTo("suspended"));
            device.refresh(refreshToken).then().statusCode(400).body("error", equalTo("access_denied"));
            order("suspend", "{}")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("the device is suspended"));
            order("resume", "").then().statusCode(200).body("state", equalTo("active"));
            device.refresh(refreshToken).then().statusCode(200);
            trailHas("device.suspended", "lost");
            trailHas("device.resumed", "by an operator");
        }

        @Test
        void whatARevokedDeviceWasGrantedEnds() {
            order("revoke", "{\"reason\": \"stolen\"}")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("active"))
                    .body("grant.live", equalTo(false))
                    .body("grant.revocation_reason", equalTo("stolen"));
            device.refresh(refreshToken).then().statusCode(400).body("error", equalTo("invalid_grant"));
            order("revoke", "").then().statusCode(409).body("detail", equalTo("the device has nothing that could end"));
            trailHas("device.revoked", "stolen");
        }

        @Test
        void aRetiredDeviceIsGoneForGood() {
            order("retire", "").then().statusCode(200).body("state", equalTo("retired"));
            device.refresh(refreshToken).then().statusCode(400);
            for (String late : List.of("suspend", "resume", "retire")) {
                order(late, "").then().statusCode(409).body("detail", equalTo("the device is retired"));
            }
            rename("\"2\"", "{\"name\": \"x\"}").then().statusCode(409);
            assertEquals("RETIRED", row().get("state"));
            assertEquals(2L, row().get("version"));
        }

        @Test
        @DisplayName("RFC 9110 §13.1.1: a change needs the version that was seen")
        void aRenamingNeedsTheVersionThatWasSeen() {
            admin().contentType(PATCH)
                    .body("{\"name\": \"Samovar\"}")
                    .patch(path)
                    .then()
                    .statusCode(428);
            rename("\"7\"", "{\"name\": \"Samovar\"}").then().statusCode(412);
            rename("W/\"1\"", "{\"name\": \"Samovar\"}").then().statusCode(412);
            rename("one", "{\"name\": \"Samovar\"}").then().statusCode(400);
            assertEquals("Kettle", row().get("name"));
            rename("\"1\"", "{\"name\": \"Samovar\"}")
                    .then()
                    .statusCode(200)
                    .header("ETag", equalTo("\"2\""))
                    .body("name", equalTo("Samovar"));
            admin().header("If-Match", "\"1\"").post(path + "/suspend").then().statusCode(412);
            assertEquals("ACTIVE", row().get("state"));
            admin().header("If-Match", "\"2\"").post(path + "/suspend").then().statusCode(200);
            rename("*", "{\"name\": \"Urn\"}").then().statusCode(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "[]",
                    "null",
                    "{}",
                    "{\"name\": null}",
                    "{\"name\": 1}",
                    "{\"name\": \"\"}",
                    "{\"name\": \" \"}",
                    "{\"name\": \"a\\u0000b\"}",
                    "{\"name\": \"\\ud800\"}",
                    "{\"name\": \"a\", \"name\": \"b\"}",
                    "{\"name\": \"a\", \"state\": \"retired\"}",
                    "{\"name\": \"a\"} {}",
                    "{\"name\": {\"a\": [[[[[[[[[[1]]]]]]]]]]}}"
                })
        void aWrongNameChangesNothing(String body) {
            Map<String, Object> before = row();
            Response refused = rename("*", body);
            refused.then().contentType("application/problem+json");
            assertEquals(4, refused.statusCode() / 100);
            assertEquals(before, row());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "[]",
                    "{\"reason\": 1}",
                    "{\"reason\": \"\"}",
                    "{\"reason\": \"a\\nb\"}",
                    "{\"why\": \"x\"}",
                    "{\"reason\": {}}"
                })
        void aWrongReasonChangesNothing(String body) {
            Map<String, Object> before = row();
            for (String order : List.of("suspend", "resume", "retire", "revoke")) {
                Response refused = order(order, body);
                refused.then().contentType("application/problem+json");
                assertEquals(4, refused.statusCode() / 100, order);
            }
            assertEquals(before, row());
            assertEquals(null, device.tokenRow().get("revoked_at"));
        }

        @Test
        void eachMemberThatIsWrongIsNamed() {
            order("suspend", "{\"reason\": \"\", \"when\": \"now\"}")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", equalTo(List.of("#/reason", "#/when")))
                    .body("errors.detail", hasItem(containsString("1 to 200 characters")));
        }

        @Test
        void whoMayLookChangesNothing() {
            reader().post(path + "/revoke").then().statusCode(403);
            reader().contentType(PATCH)
                    .header("If-Match", "*")
                    .body("{\"name\": \"x\"}")
                    .patch(path)
                    .then()
                    .statusCode(403);
            assertEquals("Kettle", row().get("name"));
            assertEquals(1L, row().get("version"));
        }

        private Response order(String what, String body) {
            return body.isEmpty()
                    ? admin().post(path + "/" + what)
                    : admin().contentType("application/json").body(body).post(path + "/" + what);
        }

        private Response rename(String version, String body) {
            return admin().contentType(PATCH)
                    .header("If-Match", version)
                    .body(body)
                    .patch(path);
        }

        private Map<String, Object> row() {
            return Database.one("select * from device where id = ?", id);
        }

        private void trailHas(String type, String reason) {
            try {
                Eventually.holds(() -> Database.query(
                                        "select 1 from audit_event where device_id = ? and type = ? and reason = ?"
                                                + " and actor_kind = 'operator' and actor_id = ?",
                                        id,
                                        type,
                                        reason,
                                        TestClients.OPERATOR)
                                .size()
                        == 1);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void noAnswerHasAToken() {
        TestDevice.approved(TestClients.DEVICE).redeem();
        reader().get(DEVICES).then().statusCode(200).body(not(containsString("jrt_")));
    }
}
