package io.jeton.device.registry;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device hears that an operator or its owner holds back: over HTTP. */
@ServiceTest
class SuspendedDeviceTest {
    @Inject
    DeviceRegistry registry;

    private TestDevice device;
    private String token;
    private Orders orders;

    @BeforeEach
    void aDeviceWithAToken() {
        device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        token = device.redeem();
        orders = new Orders(registry, (UUID) device.row().get("device_id"));
    }

    @Test
    void itIsToldToKeepItsTokenAndNothingChanges() {
        orders.suspend();
        Map<String, Object> before = device.tokenRow();

        refusedForNow(device.refresh(token));
        refusedForNow(device.refresh(token));

        assertEquals(before, device.tokenRow());
    }

    @Test
    void resumedItGoesOnWithTheVerySameTokenAndNoPerson() {
        orders.suspend();
        refusedForNow(device.refresh(token));
        orders.resume();

        String next = refreshed(token);

        refreshed(next);
        assertEquals(3, device.tokenRow().get("generation"));
    }

    @Test
    void resumedItRetriesALostAnswerLongAfterTheWindow() {
        String lost = refreshed(token);
        orders.suspend();
        refusedForNow(device.refresh(token));
        pass("3 days");
        refusedForNow(device.refresh(token));
        orders.resume();

        String retried = refreshed(token);

        assertNotEquals(lost, retried, "a thief who held the former one would show");
        assertEquals(1, device.tokenRow().get("retries"));
        pass("11 minutes");
        invalid(device.refresh(token));
        assertEquals("reuse", device.tokenRow().get("revocation_reason"));
    }

    @Test
    void whatIsUsedTwiceIsStillNoticedAfterwards() {
        String second = refreshed(token);
        refreshed(second);
        orders.suspend();
        refusedForNow(device.refresh(token));
        assertNull(device.tokenRow().get("revoked_at"));
        orders.resume();

        invalid(device.refresh(token));

        assertEquals("reuse", device.tokenRow().get("revocation_reason"));
    }

    @Test
    void anExpiryCountsWhileItIsSuspended() {
        orders.suspend();
        Database.update("update refresh_token set idle_expires_at = now() where id = ?", id());
        invalid(device.refresh(token));
    }

    @Test
    void anotherClientHearsNothingOfIt() {
        orders.suspend();
        TestDevice other = TestDevice.asking(TestClients.OTHER_DEVICE);
        invalid(other.refresh(token));
    }

    @Test
    void aRetiredDeviceIsTurnedAwayForGood() {
        orders.retire();
        invalid(device.refresh(token));
        assertEquals("gone", device.tokenRow().get("revocation_reason"));
        assertNotNull(device.tokenRow().get("revoked_at"));
    }

    @Test
    void aSuspendedDeviceOfADisabledAccountIsTurnedAway() {
        orders.suspend();
        Database.update("update account set enabled = false where name = ?", TestClients.PERSON);
        try {
            invalid(device.refresh(token));
        } finally {
            Database.update("update account set enabled = true where name = ?", TestClients.PERSON);
        }
        refusedForNow(device.refresh(token));
    }

    @Test
    void aRevokedDeviceComesBackAsTheSameAndASuspendedOneDoesNot() {
        String[] claims = {"scope", "telemetry:write", "device_serial", "sn-" + UUID.randomUUID()};
        device = TestDevice.approved(TestClients.DEVICE, claims);
        token = device.redeem();
        UUID id = (UUID) device.row().get("device_id");
        orders = new Orders(registry, id);

        orders.revoke();
        invalid(device.refresh(token));
        TestDevice back = TestDevice.approved(TestClients.DEVICE, claims);
        refreshed(back.redeem());
        assertEquals(id, back.row().get("device_id"));

        orders.suspend();
        TestDevice.approved(TestClients.DEVICE, claims)
                .poll()
                .then()
                .statusCode(400)
                .body("error", equalTo("access_denied"));
    }

    private String refreshed(String presented) {
        Response response = device.refresh(presented);
        response.then().statusCode(200);
        return response.path("refresh_token");
    }

    private static void refusedForNow(Response response) {
        response.then()
                .statusCode(400)
                .header("Retry-After", equalTo("3600"))
                .header("Cache-Control", "no-store")
                .body("error", equalTo("access_denied"))
                .body("error_description", equalTo("the device is suspended: keep the token and try again later"));
    }

    private static void invalid(Response response) {
        response.then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    private Object id() {
        return device.row().get("refresh_token_id");
    }

    private void pass(String interval) {
        Database.update("update refresh_token set issued_at = issued_at - ?::interval where id = ?", interval, id());
        Database.update("update device set state_changed_at = state_changed_at - ?::interval", interval);
    }
}
