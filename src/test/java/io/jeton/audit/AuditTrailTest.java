package io.jeton.audit;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Browser;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.OneReplica;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TestService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@ServiceTest
class AuditTrailTest {
    @Inject
    Event<AuditEvent> events;

    @Inject
    AuditTrail trail;

    @Test
    void aDevicesLifeIsOnRecordFromTheApprovalToTheTheft() throws Exception {
        TestDevice device = TestDevice.asking(TestClients.DEVICE, "scope", "telemetry:write");
        Browser browser = Browser.signedIn("ada");
        browser.enter(device.userCode()).then().statusCode(200);
        browser.decide("approve").then().statusCode(200);
        String token = device.redeem();
        String next = device.refresh(token).path("refresh_token");
        device.refresh(next).then().statusCode(200);
        device.refresh(token).then().statusCode(400);

        Object id = device.row().get("device_id");
        Object account =
                Database.one("select id from account where name = 'ada'").get("id");
        for (String type : List.of("device.enrolled", "token.issued", "refresh_token.reuse")) {
            awaitRow("type = '" + type + "' and device_id = '" + id + "'");
        }
        Map<String, Object> approved = awaitRow("type = 'device.approved' and subject = '" + device.id() + "'");
        assertEquals("person", approved.get("actor_kind"));
        assertEquals(account.toString(), approved.get("actor_id"));
        assertEquals(TestClients.DEVICE, approved.get("client_id"));
        assertEquals("127.0.0.1", approved.get("remote_address"));
        List<Map<String, Object>> rows =
                Database.query("select * from audit_event where device_id = ? order by id", id);
        assertEquals(
                Set.of("device.enrolled", "token.issued", "refresh_token.reuse"),
                Set.copyOf(rows.stream().map(row -> (String) row.get("type")).toList()));
        assertEquals(3, rows.size(), "refreshes are not told");
        for (Map<String, Object> row : rows) {
            assertEquals(account, row.get("account_id"));
            assertEquals(TestClients.DEVICE, row.get("client_id"));
            assertEquals("device", row.get("actor_kind"));
            assertEquals(id.toString(), row.get("actor_id"));
            assertEquals("127.0.0.1", row.get("remote_address"));
            assertEquals("refresh_token.reuse".equals(row.get("type")) ? "refused" : "success", row.get("outcome"));
        }
    }

    @Test
    void aDenialAReplayedCodeAndATokenFromTheFutureAreOnRecord() throws Exception {
        TestDevice denied = TestDevice.asking(TestClients.DEVICE);
        Browser browser = Browser.signedIn("ada");
        browser.enter(denied.userCode()).then().statusCode(200);
        browser.decide("deny").then().statusCode(200);
        awaitRow("type = 'device.denied' and subject = '" + denied.id() + "'");

        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String token = device.redeem();
        String next = device.refresh(token).path("refresh_token");
        Database.update(
                "update refresh_token set generation = 1, confirmed = 0 where id = ?",
                device.row().get("refresh_token_id"));
        device.refresh(next).then().statusCode(200);
        awaitRow("type = 'refresh_token.ahead' and device_id = '" + device.row().get("device_id") + "'");
        device.poll().then().statusCode(400);
        assertEquals(
                "refused",
                awaitRow("type = 'device_code.replay' and device_id = '"
                                + device.row().get("device_id") + "'")
                        .get("outcome"));
    }

    @Test
    void aTokenThatIsGivenBackIsOnRecord() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String token = device.redeem();
        TestDevice.post("/revoke", Map.of("client_id", TestClients.DEVICE, "token", token))
                .then()
                .statusCode(200);
        Map<String, Object> row = Database.one(
                "select * from audit_event where type = 'device.revoked' and device_id = ?",
                device.row().get("device_id"));
        assertEquals("the client gave its token back", row.get("reason"));
        assertEquals("client", row.get("actor_kind"));
    }

    @Test
    void anAccessTokenThatIsTakenBackIsOnRecordOnce() {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String token = device.poll().path("access_token");
        for (int i = 0; i < 2; i++) {
            TestDevice.post("/revoke", Map.of("client_id", TestClients.DEVICE, "token", token))
                    .then()
                    .statusCode(200);
        }
        Map<String, Object> row = Database.one(
                "select * from audit_event where type = 'access_token.revoked' and device_id = ?",
                device.row().get("device_id"));
        assertEquals("client", row.get("actor_kind"));
        assertNotNull(row.get("subject"));
        assertEquals("127.0.0.1", row.get("remote_address"));
    }

    @Test
    void whoeverHasABoundTokenAndNotItsKeyIsOnRecord() throws Exception {
        TestKey key = TestKey.es256();
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String uri = given().get("/.well-known/openid-configuration").path("token_endpoint");
        String token = given().header("DPoP", key.proof("POST", uri))
                .formParams(Map.of(
                        "grant_type", TestDevice.GRANT,
                        "client_id", TestClients.DEVICE,
                        "device_code", device.deviceCode()))
                .post("/token")
                .path("refresh_token");
        device.refresh(token).then().statusCode(400);
        Map<String, Object> row = awaitRow("type = 'refresh_token.without_key' and device_id = '"
                + device.row().get("device_id") + "'");
        assertEquals("refused", row.get("outcome"));
        assertEquals(TestClients.DEVICE, row.get("client_id"));
    }

    @Test
    void aProofThatIsSentTwiceIsOnRecord() throws Exception {
        String uri = given().get("/.well-known/openid-configuration").path("token_endpoint");
        String proof = TestKey.es256().proof("POST", uri);
        TestDevice device = TestDevice.asking(TestClients.EDDSA_DEVICE);
        for (int i = 0; i < 2; i++) {
            given().header("DPoP", proof)
                    .formParams(Map.of(
                            "grant_type", TestDevice.GRANT,
                            "client_id", TestClients.EDDSA_DEVICE,
                            "device_code", device.deviceCode()))
                    .post("/token")
                    .then()
                    .statusCode(400);
        }
        Map<String, Object> row =
                awaitRow("type = 'dpop_proof.refused' and client_id = '" + TestClients.EDDSA_DEVICE + "'");
        assertEquals("the proof was presented before", row.get("reason"));
        assertEquals("127.0.0.1", row.get("remote_address"));
    }

    @Test
    void signInsAreOnRecordWithoutWhatWasTyped() throws Exception {
        Object account =
                Database.one("select id from account where name = 'cyd'").get("id");
        Browser browser = Browser.at("127.0.0.31");
        browser.get("/device").then().statusCode(200);
        browser.signIn("cyd", "wrong password").then().statusCode(403);
        assertEquals(
                account,
                awaitRow("type = 'sign_in.failed' and remote_address = '127.0.0.31' and account_id is not null")
                        .get("account_id"));
        browser.signIn("my password in the wrong field", "cyd").then().statusCode(403);
        Map<String, Object> nobody =
                awaitRow("type = 'sign_in.failed' and remote_address = '127.0.0.31' and account_id is null");
        assertFalse(nobody.toString().contains("my password"), nobody.toString());
        browser.signIn("cyd", Browser.PASSWORD).then().statusCode(303);
        browser.get("/device").then().statusCode(200);
        browser.post("/device/sign-out").then().statusCode(303);
        awaitRow("type = 'sign_in.succeeded' and remote_address = '127.0.0.31'");
        assertEquals(
                account,
                awaitRow("type = 'sign_out' and remote_address = '127.0.0.31'").get("account_id"));
    }

    @Test
    @OneReplica("each replica tells of the first of a flood, and counts the rest")
    void guessesThatAreExhaustedAreOnRecordOnceAndThenCounted() throws Exception {
        Browser browser = Browser.at("127.0.0.32");
        browser.get("/device").then().statusCode(200);
        for (int i = 0; i < 8; i++) {
            browser.signIn("dot", "wrong password");
        }
        awaitRow("type = 'guess.exhausted' and remote_address = '127.0.0.32' and reason = 'password'");
        long rows = (long) Database.one("select count(*) as n from audit_event where type = 'sign_in.failed'"
                        + " and remote_address = '127.0.0.32'")
                .get("n");
        // Where the minute ends among the five that failed, the first is told of, what was counted, and the first of
        // the next.
        assertTrue(1 <= rows && rows <= 3, "%d rows".formatted(rows));

        Browser guesser = Browser.at("127.0.0.33");
        guesser.get("/device").then().statusCode(200);
        guesser.signIn("eve", Browser.PASSWORD).then().statusCode(303);
        guesser.get("/device").then().statusCode(200);
        for (int i = 0; i < 7; i++) {
            guesser.enter("BCDF-GHJ" + "BCDFGHJ".charAt(i));
        }
        assertNotNull(
                awaitRow("type = 'guess.exhausted' and reason = 'user_code'").get("account_id"));
    }

    @Test
    void aClientThatFailsToAuthenticateIsOnRecordByItsIdOnlyWhereItIsRegistered() throws Exception {
        TestDevice.post(
                        "/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                TestClients.POST_SERVICE,
                                "client_secret",
                                "not the secret"))
                .then()
                .statusCode(401);
        Map<String, Object> known =
                awaitRow("type = 'client_authentication.failed' and client_id = '" + TestClients.POST_SERVICE + "'");
        assertEquals("client", known.get("actor_kind"));
        TestService.token("who-ever", "scope", "telemetry:read").then().statusCode(401);
        assertNull(awaitRow("type = 'client_authentication.failed' and client_id is null")
                .get("actor_kind"));
    }

    @Test
    void theKeysOfTheFirstStartAreOnRecord() throws Exception {
        for (String algorithm : List.of("ES256", "RS256", "EdDSA", "HMAC")) {
            awaitRow("type = 'key.activated' and reason = '" + algorithm + "' and actor_kind = 'system'");
        }
    }

    @Test
    void whileTheDatabaseIsAwayEventsWaitAndKeepTheirTime() throws Exception {
        PostgresResource.whileAway(() -> {
            events.fire(AuditEvent.success(EventType.CLIENT_CHANGED).withSubject("while away"));
            pause();
        });
        Map<String, Object> row = awaitRow("subject = 'while away' and at < now() - interval '1 second'");
        assertEquals("client.changed", row.get("type"));
        assertEquals(0, trail.lost());
    }

    @Test
    void whileTheTableIsLockedForLongNothingIsLost() throws Exception {
        long lost = trail.lost();
        Database.whileLocked("lock table audit_event in share mode", () -> {
            events.fire(AuditEvent.success(EventType.CLIENT_CHANGED).withSubject("while locked"));
            // Longer than a write may take.
            Thread.sleep(11_000);
            return true;
        });
        awaitRow("subject = 'while locked' and at < now() - interval '10 seconds'");
        assertEquals(lost, trail.lost());
    }

    @Test
    void oneThatTheDatabaseDoesNotTakeKeepsNoOtherOut() throws Exception {
        long lost = trail.lost();
        for (int i = 0; i < 20; i++) {
            AuditEvent event = AuditEvent.success(EventType.ACCOUNT_CHANGED).withSubject("neighbour");
            events.fire(i == 7 ? event.withOccurrences(-1) : event);
        }
        Eventually.holds(() -> Database.one("select count(*) as n from audit_event where subject = 'neighbour'")
                .get("n")
                .equals(19L));
        assertEquals(lost - 1, trail.lost());
    }

    @Test
    void whatWaitsIsWrittenBeforeTheServiceStops() throws Throwable {
        events.fire(AuditEvent.success(EventType.CLIENT_CHANGED).withSubject("last words"));
        AuditEvent counted = AuditEvent.refused(EventType.SIGN_IN_FAILED).withSubject("last guesses");
        for (int i = 0; i < 3; i++) {
            events.fire(counted);
        }
        trail.stop(new ShutdownEvent());
        try {
            assertEquals(
                    1,
                    Database.query("select 1 from audit_event where subject = 'last words'")
                            .size());
            assertEquals(
                    3L,
                    Database.one("select sum(occurrences) as n from audit_event where subject = 'last guesses'")
                            .get("n"));
        } finally {
            trail.start(new StartupEvent());
        }
    }

    @Test
    void aBurstIsInTheTableWithinSeconds() throws Exception {
        for (int i = 0; i < 5000; i++) {
            events.fire(AuditEvent.success(EventType.BULK_REVOCATION_STARTED).withSubject("burst"));
        }
        Eventually.holds(() -> Database.one("select count(*) as n from audit_event where subject = 'burst'")
                .get("n")
                .equals(5000L));
    }

    private static void pause() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> awaitRow(String condition) throws Exception {
        String sql = "select * from audit_event where " + condition;
        Eventually.holds(() -> !Database.query(sql).isEmpty());
        return Database.query(sql).get(0);
    }
}
