package io.jeton.device;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 8628 over HTTP. */
@ServiceTest
class DeviceGrantTest {
    /** RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String WRONG_VERIFIER = VERIFIER.replace('d', 'e');
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String[] PKCE = {"code_challenge", CHALLENGE, "code_challenge_method", "S256"};

    @Nested
    @DisplayName("§3.1, §3.2 device authorization")
    class Authorization {
        @Test
        void theAnswerHasBothCodesAndWhereToTakeThem() {
            TestDevice.post("/device_authorization", Map.of("client_id", TestClients.DEVICE))
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("device_code", matchesPattern("jdc_[A-Za-z0-9_-]{44}"))
                    .body("user_code", matchesPattern("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"))
                    .body("verification_uri", matchesPattern("http://localhost:\\d+/device"))
                    .body("verification_uri_complete", matchesPattern("http://localhost:\\d+/device\\?user_code=.{9}"))
                    .body("expires_in", equalTo(600))
                    .body("interval", equalTo(5));
        }

        @Test
        void aRequestWithoutScopeGetsAllButAnIdToken() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE);
            device.poll()
                    .then()
                    .body("scope", equalTo("telemetry:write rabbitmq.read:*/*/*"))
                    .body("id_token", nullValue());
        }

        @Test
        void aScopeTheClientIsNotRegisteredForIsRefused() {
            TestDevice.post("/device_authorization", Map.of("client_id", TestClients.DEVICE, "scope", "admin"))
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("invalid_scope"));
        }

        @Test
        void aChallengeByAnotherMethodThanS256IsRefused() {
            for (Map<String, String> challenge : List.of(
                    Map.of("code_challenge", CHALLENGE),
                    Map.of("code_challenge", CHALLENGE, "code_challenge_method", "plain"),
                    Map.of("code_challenge_method", "S256"),
                    Map.of("code_challenge", "short", "code_challenge_method", "S256"))) {
                Map<String, String> form = new HashMap<>(challenge);
                form.put("client_id", TestClients.DEVICE);
                TestDevice.post("/device_authorization", form)
                        .then()
                        .statusCode(400)
                        .body("error", equalTo("invalid_request"));
            }
        }
    }

    @Nested
    @DisplayName("§3.5 polling")
    class Polling {
        @Test
        void theFirstPollIsFreeAndAnEarlyOneAddsFiveSeconds() {
            TestDevice device = TestDevice.asking(TestClients.DEVICE);
            refused(device.poll(), "authorization_pending");
            assertEquals(5, device.row().get("interval_seconds"));
            refused(device.poll(), "slow_down");
            assertEquals(10, device.row().get("interval_seconds"));
            refused(device.poll(), "slow_down");
            assertEquals(15, device.row().get("interval_seconds"));
        }

        @Test
        void aPoliteClientNeverHearsSlowDown() {
            TestDevice device = TestDevice.asking(TestClients.DEVICE);
            for (int poll = 0; poll < 10; poll++) {
                refused(device.poll(), "authorization_pending");
                pass(device, 5);
            }
            assertEquals(5, device.row().get("interval_seconds"));
        }

        @Test
        void aClientThatSlowsDownAsToldIsPoliteAgain() {
            TestDevice device = TestDevice.asking(TestClients.DEVICE);
            refused(device.poll(), "authorization_pending");
            refused(device.poll(), "slow_down");
            for (int poll = 0; poll < 5; poll++) {
                pass(device, 10);
                refused(device.poll(), "authorization_pending");
            }
            assertEquals(10, device.row().get("interval_seconds"));
        }

        @Test
        void anApprovedCodeIsNeverThrottled() {
            TestDevice device = TestDevice.asking(TestClients.DEVICE);
            refused(device.poll(), "authorization_pending");
            device.approve().poll().then().statusCode(200).body("access_token", notNullValue());
        }

        @Test
        void aDeniedCodeIsAccessDenied() {
            TestDevice device = TestDevice.asking(TestClients.DEVICE).deny();
            refused(device.poll(), "access_denied");
            refused(device.poll(), "access_denied");
        }

        @Test
        void anExpiredCodeIsExpiredTokenEvenWhenApproved() {
            TestDevice waiting = TestDevice.asking(TestClients.DEVICE);
            expire(waiting);
            refused(waiting.poll(), "expired_token");
            TestDevice approved = TestDevice.approved(TestClients.DEVICE);
            expire(approved);
            refused(approved.poll(), "expired_token");
            assertEquals("APPROVED", approved.row().get("state"));
        }

        @Test
        void anotherClientsCodeIsInvalidGrantAndStaysAsItWas() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE);
            refused(presented(TestClients.OTHER_DEVICE, device.deviceCode()), "invalid_grant");
            assertEquals("APPROVED", device.row().get("state"));
            assertNull(device.row().get("last_poll_at"));
        }

        @Test
        void aForgedCodeIsInvalidGrant() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE);
            String code = device.deviceCode();
            String forged = code.substring(0, 20) + (code.charAt(20) == 'A' ? 'B' : 'A') + code.substring(21);
            refused(presented(TestClients.DEVICE, forged), "invalid_grant");
            assertEquals("APPROVED", device.row().get("state"));
        }
    }

    @Nested
    @DisplayName("§3.4 redemption, once")
    class Redemption {
        @Test
        void aSecondRedemptionFailsAndRevokesWhatTheFirstOneGave() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE);
            String refreshToken = device.redeem();
            refused(device.poll(), "invalid_grant");
            assertNotNull(device.tokenRow().get("revoked_at"));
            refused(device.refresh(refreshToken), "invalid_grant");
            assertEquals(
                    "device_code.replay",
                    Database.one("select a.type from audit_event a join refresh_token t on a.device_id = t.device_id"
                                    + " and a.xmin = t.xmin where t.id = '%s'"
                                            .formatted(device.row().get("refresh_token_id")))
                            .get("type"),
                    "told with the revocation");
        }

        @Test
        void whereTheClientLostAllThatWasApprovedEachPollHearsSo() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE);
            Database.update(
                    "update device_authorization set scope = 'no-longer-the-clients' where id = ?", device.id());
            refused(device.poll(), "invalid_scope");
            assertNull(device.row().get("device_id"));
            refused(device.poll(), "invalid_scope");
        }

        @Test
        void ofManyRedemptionsAtTheSameInstantOneWins() throws Exception {
            for (int round = 0; round < 10; round++) {
                TestDevice device = TestDevice.approved(TestClients.DEVICE);
                List<Integer> statuses =
                        Concurrently.call(6, () -> device.poll().statusCode());
                assertEquals(
                        1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
                assertEquals(
                        5, statuses.stream().filter(status -> status == 400).count(), statuses.toString());
            }
        }

        @Test
        void withPkceTheVerifierIsDemandedAndAWrongOneChangesNothing() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE, PKCE);
            refused(device.poll(), "invalid_grant");
            refused(device.poll("code_verifier", WRONG_VERIFIER), "invalid_grant");
            assertEquals("APPROVED", device.row().get("state"));
            device.poll("code_verifier", VERIFIER).then().statusCode(200);
            refused(device.poll("code_verifier", WRONG_VERIFIER), "invalid_grant");
            assertNull(device.tokenRow().get("revoked_at"));
        }

        @Test
        void withoutPkceAVerifierIsRefused() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE);
            refused(device.poll("code_verifier", VERIFIER), "invalid_grant");
            assertEquals("APPROVED", device.row().get("state"));
        }

        @Test
        void withPkceALostAnswerIsGivenAgainUntilItsRefreshTokenIsUsed() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE, PKCE);
            String first = device.redeem("code_verifier", VERIFIER);
            assertEquals(first, device.redeem("code_verifier", VERIFIER));
            device.refresh(first).then().statusCode(200);
            refused(device.poll("code_verifier", VERIFIER), "invalid_grant");
            assertNotNull(device.tokenRow().get("revoked_at"));
        }

        @Test
        void withPkceALostAnswerIsNotGivenAgainAfterAMinute() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE, PKCE);
            device.redeem("code_verifier", VERIFIER);
            Database.update(
                    "update device_authorization set consumed_at = consumed_at - interval '61 seconds' where id = ?",
                    device.id());
            refused(device.poll("code_verifier", VERIFIER), "invalid_grant");
            assertNotNull(device.tokenRow().get("revoked_at"));
        }

        @Test
        void aPersonWhoMayNoLongerActGivesNothing() {
            TestDevice device = TestDevice.approved(TestClients.DEVICE);
            Database.update("update account set enabled = false where id = ?", TestDevice.person());
            try {
                refused(device.poll(), "access_denied");
                assertEquals("APPROVED", device.row().get("state"));
            } finally {
                Database.update("update account set enabled = true where id = ?", TestDevice.person());
            }
        }

        @Test
        void aSuspendedDeviceGetsNothing() {
            TestDevice first = TestDevice.approved(TestClients.DEVICE, "device_serial", "suspended-1");
            first.redeem();
            Database.update("update device set state = 'SUSPENDED' where serial = 'suspended-1'");
            TestDevice again = TestDevice.approved(TestClients.DEVICE, "device_serial", "suspended-1");
            refused(again.poll(), "access_denied");
            assertNull(again.row().get("refresh_token_id"));
        }

        @Test
        void aDeviceThatComesBackWithItsSerialIsTheSameDeviceAndItsFormerTokenEnds() {
            TestDevice first = TestDevice.approved(TestClients.DEVICE, "device_serial", "S-77", "device_name", "Old");
            String former = first.redeem();
            Object id = first.row().get("device_id");
            TestDevice again = TestDevice.approved(TestClients.DEVICE, "device_serial", "S-77", "device_name", "New");
            String present = again.redeem();
            assertEquals(id, again.row().get("device_id"));
            assertEquals(
                    1,
                    Database.query("select id from refresh_token where device_id = ?", id)
                            .size());
            refused(again.refresh(former), "invalid_grant");
            again.refresh(present).then().statusCode(200);
        }

        /** A key is the identity of whoever was enrolled with it: a claim, and a person who believes it, are not. */
        @Test
        void whoeverClaimsTheSerialOfAnEnrolledDeviceIsNotThatDevice() {
            TestKey key = TestKey.es256();
            UUID enrolled = UUID.randomUUID();
            String serial = "S-" + enrolled;
            Database.update(
                    "insert into device (id, account_id, client_id, name, serial, first_seen_from, key_thumbprint)"
                            + " values (?, ?, ?, 'Enrolled', ?, 'import', ?)",
                    enrolled,
                    TestDevice.person(),
                    TestClients.DEVICE,
                    serial,
                    key.thumbprint());
            TestDevice liar = TestDevice.approved(TestClients.DEVICE, "device_serial", serial, "device_name", "Liar");
            refused(liar.poll(), "access_denied");
            assertNull(liar.row().get("refresh_token_id"));
            Map<String, Object> row = Database.one("select * from device where serial = ?", serial);
            assertEquals("Enrolled", row.get("name"));
            assertTrue(Database.query("select from refresh_token where device_id = ?", enrolled)
                    .isEmpty());

            TestDevice itself = TestDevice.approved(TestClients.DEVICE, "device_serial", serial);
            given().header("DPoP", key.proof("POST", issuer() + "/token"))
                    .formParams(Map.of(
                            "grant_type",
                            TestDevice.GRANT,
                            "client_id",
                            TestClients.DEVICE,
                            "device_code",
                            itself.deviceCode()))
                    .post("/token")
                    .then()
                    .statusCode(200);
            assertEquals(enrolled, itself.row().get("device_id"));
        }

        @Test
        void twoDevicesWithoutASerialAreTwoDevices() {
            TestDevice first = TestDevice.approved(TestClients.DEVICE);
            first.redeem();
            Object id = first.row().get("device_id");
            TestDevice second = TestDevice.approved(TestClients.DEVICE);
            second.redeem();
            assertNotEquals(id, second.row().get("device_id"));
        }

        @Test
        void aClientWithoutTheRefreshGrantGetsNoRefreshToken() {
            TestDevice device = TestDevice.approved(TestClients.FORGETFUL_DEVICE);
            device.poll()
                    .then()
                    .statusCode(200)
                    .body("access_token", notNullValue())
                    .body("refresh_token", nullValue());
        }
    }

    private static Response presented(String clientId, String deviceCode) {
        return TestDevice.post(
                "/token", Map.of("grant_type", TestDevice.GRANT, "client_id", clientId, "device_code", deviceCode));
    }

    private static void refused(Response response, String error) {
        response.then().statusCode(400).header("Cache-Control", "no-store").body("error", equalTo(error));
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }

    private static void pass(TestDevice device, int seconds) {
        Database.update(
                "update device_authorization set last_poll_at = last_poll_at - make_interval(secs => ?) where id = ?",
                (double) seconds,
                device.id());
    }

    private static void expire(TestDevice device) {
        Database.update("update device_authorization set expires_at = now() where id = ?", device.id());
    }
}
