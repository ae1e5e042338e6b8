package io.jeton.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.OtherSettings;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ServiceTest
@TestProfile(OtherSettings.class)
class ImpatientServiceTest {
    @Test
    void anAnswerThatCameTooLateHasConsumedNothing() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "device_serial", "slow-1");
        Object account = device.row().get("account_id");
        // The redemption needs this row, and gets it only when the device was told to come again.
        Database.whileLocked("select from account where id = '" + account + "' for update", () -> {
            device.poll().then().statusCode(503).header("Retry-After", matchesPattern("[3-7]"));
            return null;
        });
        Eventually.holds(() -> Database.query("select from pg_stat_activity where wait_event_type = 'Lock'")
                .isEmpty());
        assertEquals("APPROVED", device.row().get("state"));
        assertNull(device.row().get("refresh_token_id"));
        String refreshToken = device.redeem();
        device.refresh(refreshToken).then().statusCode(200);
    }

    @Test
    void theAddressIsWhatTheTrustedProxySaw() {
        given().contentType("application/x-www-form-urlencoded")
                .header("X-Forwarded-For", "6.6.6.6, 203.0.113.9")
                .body("client_id=" + TestClients.OTHER_DEVICE)
                .post("/device_authorization")
                .then()
                .statusCode(200);
        assertEquals("203.0.113.9", newest().get("requested_from"));
        given().contentType("application/x-www-form-urlencoded")
                .header("X-Forwarded-For", "unknown")
                .body("client_id=" + TestClients.OTHER_DEVICE)
                .post("/device_authorization")
                .then()
                .statusCode(200);
        assertEquals("127.0.0.1", newest().get("requested_from"));
    }

    @Test
    void whatNobodyWasToldOfIsKnownAtTheNextReload() throws Exception {
        Database.update("alter table client disable trigger client_changed");
        Database.update("alter table signing_key disable trigger signing_key_changed");
        try {
            String pending =
                    (String) Database.one("select kid from signing_key where algorithm = 'EdDSA' and state = 'PENDING'")
                            .get("kid");
            Database.update("delete from signing_key where kid = ?", pending);
            Database.update("update client set enabled = false where id = ?", TestClients.POST_SERVICE);
            Eventually.holds(() -> !given().get("/jwks").asString().contains(pending));
            Eventually.holds(() -> TestService.token().statusCode() == 401);
            Database.update("update client set enabled = true where id = ?", TestClients.POST_SERVICE);
            Eventually.holds(() -> TestService.token().statusCode() == 200);
        } finally {
            Database.update("alter table client enable trigger client_changed");
            Database.update("alter table signing_key enable trigger signing_key_changed");
        }
    }

    private static Map<String, Object> newest() {
        return Database.one(
                "select requested_from from device_authorization where client_id = ? order by created_at desc limit 1",
                TestClients.OTHER_DEVICE);
    }
}
