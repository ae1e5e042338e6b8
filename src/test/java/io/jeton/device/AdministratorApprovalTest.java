package io.jeton.device;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jeton.test.Browser;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody but an administrator lets a program into the admin API. */
@ServiceTest
class AdministratorApprovalTest {
    private static final String CLIENT = "kettle";
    private static final List<String> ADMIN_SCOPES = List.of("jeton:admin", "jeton:admin:read");

    private Object scope;

    @BeforeEach
    void aClientThatMayAskForIt() throws Exception {
        Database.update("delete from guess_budget");
        scope = Database.one("select scope from client where id = ?", CLIENT).get("scope");
        Database.update("update client set scope = scope || ' jeton:admin jeton:admin:read' where id = ?", CLIENT);
        Eventually.holds(
                () -> TestDevice.post("/device_authorization", Map.of("client_id", CLIENT, "scope", "jeton:admin"))
                                .statusCode()
                        == 200);
        Database.update("update account set roles = 'admin' where name = 'dot'");
    }

    @AfterEach
    void theClientAsItWas() {
        Database.update("update client set scope = ? where id = ?", scope, CLIENT);
        Database.update("update account set roles = '' where name = 'dot'");
    }

    @Test
    void aPersonWithoutTheRoleIsToldSoAndCannotApprove() {
        for (String asked : ADMIN_SCOPES) {
            TestDevice device = TestDevice.asking(CLIENT, "scope", "telemetry:write " + asked);
            Browser browser = Browser.signedIn("cyd");
            browser.enter(device.userCode())
                    .then()
                    .statusCode(200)
                    .body(
                            containsString("only an administrator may approve"),
                            not(containsString("value=\"approve\"")));

            browser.decide("approve").then().statusCode(403).body(containsString("An administrator must approve this"));

            assertEquals("PENDING", device.row().get("state"));
            assertNull(device.row().get("account_id"));
            device.poll().then().statusCode(400).body(containsString("authorization_pending"));
        }
    }

    @Test
    void anybodyMayDeny() {
        TestDevice device = TestDevice.asking(CLIENT, "scope", "jeton:admin");
        Browser browser = Browser.signedIn("cyd");
        browser.enter(device.userCode());
        browser.decide("deny").then().statusCode(200).body(containsString("Denied"));
        assertEquals("DENIED", device.row().get("state"));
    }

    @Test
    void anAdministratorApproves() {
        for (String asked : ADMIN_SCOPES) {
            TestDevice device = TestDevice.asking(CLIENT, "scope", asked);
            Browser browser = Browser.signedIn("dot");
            browser.enter(device.userCode()).then().body(containsString("value=\"approve\""));
            browser.decide("approve").then().statusCode(200).body(containsString("Approved"));
            assertEquals("APPROVED", device.row().get("state"));
        }
    }

    @Test
    void otherRequestsAreForEverybody() {
        TestDevice device = TestDevice.asking(CLIENT, "scope", "telemetry:write");
        Browser browser = Browser.signedIn("cyd");
        browser.enter(device.userCode()).then().body(not(containsString("administrator")));
        browser.decide("approve").then().statusCode(200);
        assertEquals("APPROVED", device.row().get("state"));
    }

    @Test
    void withTheRoleGoesWhatWasApprovedForIt() {
        TestDevice waiting = approvedBy("dot", "jeton:admin");
        Object code = waiting.id();
        TestDevice tool = approvedBy("dot", "jeton:admin:read");
        String refreshToken = tool.redeem();
        TestDevice other = approvedBy("dot", "telemetry:write");
        String harmless = other.redeem();

        Database.update("update account set roles = 'auditor' where name = 'dot'");

        assertEquals(
                "DENIED",
                Database.one("select state from device_authorization where id = ?", code)
                        .get("state"));
        waiting.poll().then().statusCode(400).body(containsString("access_denied"));
        tool.refresh(refreshToken).then().statusCode(400).body(containsString("invalid_grant"));
        other.refresh(harmless).then().statusCode(200);
        List<Map<String, Object>> revoked = Database.query(
                "select s.status from refresh_token t join token_status s on s.status_index = t.status_index"
                        + " where t.revocation_reason = 'no administrator'");
        assertNotEquals(List.of(), revoked);
    }

    /** The role goes while a transaction has consumed the code and not yet ended: neither must overlook the other. */
    @Test
    void withTheRoleGoesWhatIsRedeemedAtThatInstant() throws Exception {
        String serial = "S-" + UUID.randomUUID();
        approvedBy("dot", "telemetry:write", "device_serial", serial).redeem();
        TestDevice tool = approvedBy("dot", "jeton:admin", "device_serial", serial);
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both =
                    Database.whileLocked("select from device where serial = '" + serial + "' for update", () -> {
                        Future<Response> redemption = others.submit(() -> tool.poll());
                        Eventually.holds(() -> waiting() == 1);
                        Future<?> dismissal = others.submit(
                                () -> Database.update("update account set roles = '' where name = 'dot'"));
                        Eventually.holds(() -> waiting() == 2);
                        return List.of(redemption, dismissal);
                    });
            Response tokens = (Response) both.get(0).get();
            both.get(1).get();
            tokens.then().statusCode(200);
            tool.refresh(tokens.path("refresh_token")).then().statusCode(400).body(containsString("invalid_grant"));
            assertEquals("no administrator", tool.tokenRow().get("revocation_reason"));
        } finally {
            others.shutdownNow();
        }
    }

    private static long waiting() {
        return (long) Database.one("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'")
                .get("count");
    }

    private static TestDevice approvedBy(String person, String scope, String... said) {
        String[] asked =
                Stream.concat(Stream.of("scope", scope), Stream.of(said)).toArray(String[]::new);
        TestDevice device = TestDevice.asking(CLIENT, asked);
        Browser browser = Browser.signedIn(person);
        browser.enter(device.userCode());
        browser.decide("approve").then().statusCode(200);
        return device;
    }
}
