package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.reader;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.protocol.Identifier;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestFleet;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@DisplayName("/admin/grants")
class GrantsApiTest {
    private static final String GRANTS = "/admin/grants";

    @Test
    void liveGrantsAreFoundByDeviceByUserAndByClient() {
        TestDevice device = TestDevice.approved(TestClients.OTHER_DEVICE, "scope", "telemetry:write");
        device.redeem();
        Map<String, Object> row = device.tokenRow();
        UUID id = (UUID) row.get("device_id");
        for (String name : List.of(id.toString(), Identifier.of(id))) {
            Response found = reader().get(GRANTS + "?device=" + name);
            found.then()
                    .statusCode(200)
                    .body("items", hasSize(1))
                    .body("items[0].id", equalTo(row.get("id").toString()))
                    .body("items[0].user", equalTo(TestDevice.person().toString()))
                    .body("items[0].client_id", equalTo(TestClients.OTHER_DEVICE))
                    .body("items[0].scopes", equalTo(List.of("telemetry:write")))
                    .body("items[0].refreshed_from", equalTo("127.0.0.1"))
                    .body("items[0].live", equalTo(true))
                    .body("items[0].revoked_at", nullValue())
                    .body("items[0].absolute_expires_at", notNullValue());
            assertFalse(found.asString().contains("jrt_"));
        }
        reader().get(GRANTS + "?device=" + id + "&client=" + TestClients.DEVICE)
                .then()
                .body("items", hasSize(0));
        reader().get(GRANTS + "?device=" + id + "&user=" + TestClients.PERSON)
                .then()
                .body("items", hasSize(1));
        reader().get(GRANTS + "?device=" + id + "&user=" + TestDevice.person())
                .then()
                .body("items", hasSize(1));
        assertTrue(Walk.all(GRANTS + "?limit=200&client=" + TestClients.OTHER_DEVICE, "id")
                .contains(row.get("id").toString()));
    }

    @Test
    void pagesHaveEveryLiveGrantOnceAndNoOther() {
        TestFleet fleet = TestFleet.of(9);
        Database.update("update refresh_token set revoked_at = now() where device_id = ?", fleet.device(2));
        Database.update(
                "update refresh_token set idle_expires_at = now() - interval '1 second' where device_id = ?",
                fleet.device(5));
        String owner = "owner-" + UUID.randomUUID();
        fleet.belongsTo(admin().contentType("application/json")
                .body(Map.of("name", owner, "password", "a sentence that nobody guesses"))
                .post("/admin/users")
                .path("id"));
        List<Object> walked = Walk.all(GRANTS + "?limit=2&user=" + owner, "device");
        assertEquals(new HashSet<>(walked).size(), walked.size());
        List<String> fleetIds = Database.query("select id from device where model = ?", fleet.model()).stream()
                .map(row -> row.get("id").toString())
                .toList();
        assertEquals(7, walked.stream().filter(fleetIds::contains).count());
        assertFalse(walked.contains(fleet.device(2).toString()));
        assertFalse(walked.contains(fleet.device(5).toString()));
    }

    @Test
    void aRevokedGrantIsOverAndCannotBeRevokedTwice() {
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        String refreshToken = device.redeem();
        String path = GRANTS + "/" + device.tokenRow().get("id");
        Response revoked = admin().contentType("application/json")
                .body("{\"reason\": \"sold\"}")
                .post(path + "/revoke");
        revoked.then()
                .statusCode(200)
                .body("live", equalTo(false))
                .body("revoked_at", notNullValue())
                .body("revocation_reason", equalTo("sold"));
        device.refresh(refreshToken).then().statusCode(400).body("error", equalTo("invalid_grant"));
        admin().post(path + "/revoke").then().statusCode(409).body("detail", equalTo("the grant has ended already"));
        reader().get(path).then().statusCode(200).body("revocation_reason", equalTo("sold"));
        assertEquals(
                1,
                Database.query(
                                "select 1 from audit_event where type = 'device.revoked' and device_id = ?"
                                        + " and reason = 'sold' and actor_kind = 'operator' and subject = ?",
                                device.tokenRow().get("device_id"),
                                device.tokenRow().get("id").toString())
                        .size(),
                "written with it");
        assertEquals(
                1,
                Database.one(
                                "select status::int from token_status where status_index = ?",
                                device.tokenRow().get("status_index"))
                        .get("status"));
    }

    @Test
    void oneOfManyWhoRevokeAtOnceDoes() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        device.redeem();
        String path = GRANTS + "/" + device.tokenRow().get("id") + "/revoke";
        List<Integer> answers = Concurrently.call(6, () -> admin().post(path).statusCode());
        assertEquals(1, answers.stream().filter(status -> status == 200).count());
        assertEquals(5, answers.stream().filter(status -> status == 409).count());
    }

    @Test
    void aWrongReasonRevokesNothing() {
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        device.redeem();
        String path = GRANTS + "/" + device.tokenRow().get("id") + "/revoke";
        admin().contentType("application/json")
                .body("{\"reason\": 5}")
                .post(path)
                .then()
                .statusCode(422);
        admin().contentType("text/plain").body("sold").post(path).then().statusCode(415);
        reader().post(path).then().statusCode(403);
        admin().header("If-Match", "\"1\"").post(path).then().statusCode(412);
        assertNull(device.tokenRow().get("revoked_at"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device=x",
                "device=%00",
                "user=nobody",
                "client=%0A",
                "grant=1",
                "after=AXg",
                "limit=0",
                "device=" + "AAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aWrongFilterIsAProblem(String query) {
        reader().urlEncodingEnabled(false)
                .get(GRANTS + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String id : List.of("x", UUID.randomUUID().toString())) {
            reader().get(GRANTS + "/" + id).then().statusCode(404).contentType("application/problem+json");
            admin().post(GRANTS + "/" + id + "/revoke").then().statusCode(404).contentType("application/problem+json");
        }
    }
}
