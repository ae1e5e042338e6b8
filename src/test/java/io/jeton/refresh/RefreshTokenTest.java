package io.jeton.refresh;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
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
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The refresh grant over HTTP: RFC 6749 §6, RFC 9700 §4.14. */
@ServiceTest
class RefreshTokenTest {
    private TestDevice device;
    private String token;
    private Object tokenId;

    @BeforeEach
    void anApprovedDevice() {
        device = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write");
        token = device.redeem();
        tokenId = device.row().get("refresh_token_id");
    }

    @Test
    void everyRefreshReturnsAnotherTokenAndItsLife() {
        String next = refreshed(token);
        assertNotEquals(token, next);
        device.refresh(next)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(3600))
                .body("refresh_token_expires_in", allOf(greaterThan(15_551_000), lessThanOrEqualTo(15_552_000)));
        assertEquals(3, row().get("generation"));
        assertEquals(2, row().get("confirmed"));
    }

    @Test
    void insideFiveSecondsTheFormerTokenGetsTheSameSuccessor() {
        String next = refreshed(token);
        assertEquals(next, refreshed(token));
        assertEquals(2, row().get("generation"));
    }

    @Test
    void aLostAnswerIsRetriedAndTheSiblingIsDead() {
        String lost = refreshed(token);
        pass("6 seconds");
        String retried = refreshed(token);
        assertNotEquals(lost, retried);
        assertEquals(1, row().get("retries"));
        String next = refreshed(retried);
        refused(device.refresh(lost));
        assertEquals("reuse", row().get("revocation_reason"));
        refused(device.refresh(next));
    }

    @Test
    void aTokenPresentedAgainAfterItsSuccessorWasUsedRevokesTheDevice() {
        String second = refreshed(token);
        String third = refreshed(second);
        refused(device.refresh(token));
        assertNotNull(row().get("revoked_at"));
        refused(device.refresh(third));
    }

    @Test
    void theWindowEndsTenMinutesAfterTheLastIssue() {
        refreshed(token);
        pass("9 minutes 59 seconds");
        refreshed(token);
        pass("10 minutes");
        refused(device.refresh(token));
        assertEquals("reuse", row().get("revocation_reason"));
    }

    @Test
    void tenRetriesAreAnsweredAndNoMore() {
        refreshed(token);
        for (int retry = 0; retry < 10; retry++) {
            pass("6 seconds");
            refreshed(token);
        }
        pass("6 seconds");
        refused(device.refresh(token));
        assertEquals("reuse", row().get("revocation_reason"));
    }

    @Test
    void aStrictClientForgivesNothing() {
        TestDevice strict = TestDevice.approved(TestClients.STRICT_DEVICE);
        String first = strict.redeem();
        strict.refresh(first).then().statusCode(200);
        refused(strict.refresh(first));
        assertEquals("reuse", strict.tokenRow().get("revocation_reason"));
    }

    @Test
    void aRestoredDatabaseLocksNoDeviceOut() {
        String newest = token;
        for (int i = 0; i < 5; i++) {
            newest = refreshed(newest);
        }
        Database.update("update refresh_token set generation = 2, confirmed = 1 where id = ?", tokenId);
        String next = refreshed(newest);
        assertEquals(7, row().get("generation"));
        assertEquals(6, row().get("confirmed"));
        refreshed(next);
    }

    @Test
    void anIdleTokenExpires() {
        Database.update("update refresh_token set idle_expires_at = now() where id = ?", tokenId);
        refused(device.refresh(token));
        assertNull(row().get("revoked_at"));
        assertEquals(1, row().get("generation"));
    }

    @Test
    void anApprovalExpiresHoweverOftenItsTokenIsUsed() {
        Database.update(
                "update refresh_token set absolute_expires_at = now() + interval '100 seconds' where id = ?", tokenId);
        Response answer = device.refresh(token);
        answer.then().statusCode(200).body("refresh_token_expires_in", lessThanOrEqualTo(100));
        Database.update("update refresh_token set absolute_expires_at = now() where id = ?", tokenId);
        refused(device.refresh(answer.path("refresh_token")));
    }

    @Test
    void theScopeMayNarrowForOneAnswerAndStaysAsGranted() {
        Response narrow = device.refresh(token, "scope", "telemetry:write");
        narrow.then().statusCode(200).body("scope", equalTo("telemetry:write"));
        Response next = device.refresh(narrow.path("refresh_token"));
        assertEquals("openid telemetry:write", scopeOf(next.path("access_token")));
    }

    /** RFC 6749 §5.1 lets out what is as before; §6 says what a request without a scope asks for. */
    @Test
    void aScopeThatIsAsBeforeIsSaidByTheTokenAloneAndOneThatIsNotIsSaid() {
        Response same = device.refresh(token);
        assertNull(same.path("scope"));
        assertEquals("openid telemetry:write", scopeOf(same.path("access_token")));
        Database.update("update refresh_token set scope = scope || ' no-longer-the-clients' where id = ?", tokenId);
        device.refresh(same.path("refresh_token")).then().body("scope", equalTo("openid telemetry:write"));
    }

    @Test
    void aScopeThatTheClientLostIsRefusedAndTheTokenStaysGood() {
        Database.update("update refresh_token set scope = scope || ' no-longer-the-clients' where id = ?", tokenId);
        device.refresh(token, "scope", "no-longer-the-clients")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
        assertEquals(1, row().get("generation"));
        refreshed(token);
    }

    @Test
    @DisplayName("RFC 6749 §5.1: an answer without a scope would say that all was granted")
    void whereTheClientLostAllThatWasGrantedTheTokenIsKeptUntilItHasSomeAgain() {
        Database.update("update refresh_token set scope = 'no-longer the-clients' where id = ?", tokenId);
        lost(token);
        assertEquals(1, row().get("generation"));
        assertEquals(0, row().get("confirmed"));
        Database.update("update refresh_token set scope = 'no-longer telemetry:write' where id = ?", tokenId);
        Response narrowed = device.refresh(token);
        narrowed.then().statusCode(200).body("scope", equalTo("telemetry:write"));
        Database.update("update refresh_token set scope = 'no-longer the-clients' where id = ?", tokenId);
        lost(token);
        pass("6 seconds");
        lost(token);
        lost(narrowed.path("refresh_token"));
        assertEquals(2, row().get("generation"));
        assertEquals(0, row().get("retries"));
    }

    @Test
    void aReusedTokenIsATheftWhateverTheClientLost() {
        refreshed(refreshed(token));
        Database.update("update refresh_token set scope = 'no-longer-the-clients' where id = ?", tokenId);
        refused(device.refresh(token));
        assertEquals("reuse", row().get("revocation_reason"));
    }

    @Test
    void whatWasGrantedWithoutAScopeGoesOnWithoutOne() {
        Database.update("update refresh_token set scope = '' where id = ?", tokenId);
        String lost = refreshed(token);
        pass("6 seconds");
        Response retried = device.refresh(token);
        assertNotEquals(lost, retried.path("refresh_token"));
        retried.then().statusCode(200);
        assertNull(scopeOf(retried.path("access_token")));
    }

    private void lost(String presented) {
        device.refresh(presented).then().statusCode(400).body("error", equalTo("invalid_scope"));
    }

    @Test
    void aWiderScopeIsRefusedAndTheTokenStaysGood() {
        device.refresh(token, "scope", "openid rabbitmq.read:*/*/*")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
        assertEquals(1, row().get("generation"));
        refreshed(token);
    }

    @Test
    void anotherClientGetsNothingAndTheTokenStaysGood() {
        refused(TestDevice.post(
                "/token",
                Map.of("grant_type", "refresh_token", "client_id", TestClients.OTHER_DEVICE, "refresh_token", token)));
        assertEquals(1, row().get("generation"));
        assertNull(row().get("revoked_at"));
        refreshed(token);
    }

    @Test
    void aForgedTokenIsRefusedAndTheRowStaysAsItWas() {
        for (int at = 4; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            refused(device.refresh(token.substring(0, at) + other + token.substring(at + 1)));
        }
        for (String foreign : List.of("x", "jrt_", token.substring(1), token + "A", device.deviceCode())) {
            refused(device.refresh(foreign));
        }
        assertEquals(1, row().get("generation"));
        assertNull(row().get("revoked_at"));
    }

    @Test
    void aBoundTokenIsWorthNothingWithoutItsKey() {
        Database.update("update refresh_token set key_thumbprint = 'thumb' where id = ?", tokenId);
        refused(device.refresh(token));
        assertEquals(1, row().get("generation"));
    }

    @Test
    void aDisabledPersonAndARetiredDeviceAreRefused() {
        Database.update("update device set state = 'RETIRED' where id = ?", row().get("device_id"));
        refused(device.refresh(token));
        Database.update("update device set state = 'ACTIVE' where id = ?", row().get("device_id"));
        token = refreshed(token);
        Database.update("update account set enabled = false where id = ?", TestDevice.person());
        try {
            refused(device.refresh(token));
        } finally {
            Database.update("update account set enabled = true where id = ?", TestDevice.person());
        }
        refreshed(token);
    }

    @Test
    void aThousandRefreshesLeaveOneRowUpdatedInPlace() {
        long before = (long) Database.one("select count(*) from refresh_token").get("count");
        String newest = token;
        for (int i = 0; i < 1000; i++) {
            newest = refreshed(newest);
        }
        assertEquals(before, Database.one("select count(*) from refresh_token").get("count"));
        assertEquals(1001, row().get("generation"));
    }

    @Test
    void whoeverRefreshesAtTheSameInstantGetsOneChain() throws Exception {
        String newest = token;
        for (int round = 0; round < 25; round++) {
            String presented = newest;
            List<Response> answers = Concurrently.call(6, () -> device.refresh(presented));
            Set<String> successors = answers.stream()
                    .map(answer -> answer.<String>path("refresh_token"))
                    .collect(Collectors.toSet());
            assertEquals(1, successors.size(), "round " + round + ": all get the same successor");
            newest = successors.iterator().next();
        }
        assertEquals(26, row().get("generation"));
    }

    @Test
    void whoeverRetriesAtTheSameInstantLeavesOneLiveChain() throws Exception {
        for (int round = 0; round < 10; round++) {
            refreshed(token);
            pass("6 seconds");
            String presented = token;
            List<Response> answers = Concurrently.call(6, () -> device.refresh(presented));
            Set<String> successors = answers.stream()
                    .map(answer -> answer.<String>path("refresh_token"))
                    .collect(Collectors.toSet());
            assertEquals(1, successors.size(), "round " + round);
            assertEquals(1, row().get("retries"));
            token = refreshed(successors.iterator().next());
        }
        assertTrue((int) row().get("generation") > 20);
    }

    private Map<String, Object> row() {
        return Database.one("select * from refresh_token where id = ?", tokenId);
    }

    private String refreshed(String presented) {
        Response answer = device.refresh(presented);
        answer.then().statusCode(200);
        return answer.path("refresh_token");
    }

    private static String scopeOf(String accessToken) {
        byte[] claims = Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]);
        return new JsonObject(new String(claims, StandardCharsets.UTF_8)).getString("scope");
    }

    private static void refused(Response response) {
        response.then().statusCode(400).header("Cache-Control", "no-store").body("error", equalTo("invalid_grant"));
    }

    private void pass(String time) {
        Database.update("update refresh_token set issued_at = issued_at - ?::interval where id = ?", time, tokenId);
    }
}
