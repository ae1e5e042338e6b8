package io.jeton.ops;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Eventually;
import io.jeton.test.OneReplica;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator sees of the service, and that nobody can blow it up. */
@ServiceTest
@OneReplica("each replica counts what it answered")
class MetricsTest {
    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void grantsAreCountedByTypeAndOutcome() {
        String pending = series("jeton_token_requests_total", "grant_type", TestDevice.GRANT, "authorization_pending");
        String granted = series("jeton_token_requests_total", "grant_type", TestDevice.GRANT, "granted");
        double pendingBefore = value(pending);
        double grantedBefore = value(granted);
        TestDevice device = TestDevice.asking(TestClients.DEVICE);
        device.poll().then().statusCode(400);
        device.approve().redeem();
        assertEquals(pendingBefore + 1, value(pending));
        assertEquals(grantedBefore + 1, value(granted));
    }

    @Test
    void aGrantTypeThatSomebodyMadeUpIsNoSeriesOfItsOwn() {
        String other = series("jeton_token_requests_total", "grant_type", "other", "unsupported_grant_type");
        double before = value(other);
        for (String invented : new String[] {"urn:made:up", "so\"is{this}"}) {
            TestDevice.post("/token", Map.of("grant_type", invented, "client_id", TestClients.DEVICE))
                    .then()
                    .statusCode(400);
        }
        assertEquals(before + 2, value(other));
        assertFalse(all().contains("urn:made:up"));
    }

    @Test
    void refreshesAreCountedByWhatTheyCameTo() {
        double rotated = refreshes("rotated");
        double retried = refreshes("retried");
        double reused = refreshes("reused");
        double unsealed = refreshes("unsealed");
        double told = value("jeton_audit_events_total{outcome=\"refused\",type=\"refresh_token.reuse\"}");
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        String first = device.redeem();
        device.refresh(first).then().statusCode(200);
        String second = device.refresh(first).then().statusCode(200).extract().path("refresh_token");
        device.refresh(second).then().statusCode(200);
        device.refresh(first).then().statusCode(400);
        device.refresh("jrt_" + "A".repeat(50)).then().statusCode(400);
        // Looked at before its proof, and counted once all the same.
        given().header(
                        "DPoP",
                        TestKey.es256()
                                .proof(
                                        "POST",
                                        given().get("/.well-known/openid-configuration")
                                                .path("token_endpoint")))
                .formParams(Map.of(
                        "grant_type", "refresh_token", "client_id", TestClients.DEVICE, "refresh_token", "jrt_x"))
                .post("/token")
                .then()
                .statusCode(400);
        assertEquals(rotated + 2, refreshes("rotated"));
        assertEquals(retried + 1, refreshes("retried"));
        assertEquals(reused + 1, refreshes("reused"));
        assertEquals(unsealed + 2, refreshes("unsealed"));
        assertEquals(told + 1, value("jeton_audit_events_total{outcome=\"refused\",type=\"refresh_token.reuse\"}"));
    }

    @Test
    void theAgesOfTheKeysAndTheNextRotationAreTold() throws Exception {
        for (String algorithm : new String[] {"es256", "rs256", "eddsa", "hmac"}) {
            Eventually.holds(() -> value("jeton_key_age_seconds{algorithm=\"" + algorithm + "\"}") > 0);
            Eventually.holds(() -> value("jeton_key_rotation_due_seconds{algorithm=\"" + algorithm + "\"}") > 0);
        }
        assertTrue(value("jeton_key_ring_age_seconds") < 600);
    }

    @Test
    void theStatusListsAndTheTrailSayWhetherTheyAreUpToDate() {
        assertTrue(value("jeton_status_lists") >= 1);
        assertTrue(value("jeton_status_list_age_seconds") < 3600);
        assertTrue(all().contains("jeton_audit_lost "));
        assertTrue(all().contains("jeton_user_code_guess_probability"));
    }

    private double refreshes(String outcome) {
        return value("jeton_refreshes_total{outcome=\"" + outcome + "\"}");
    }

    private static String series(String name, String tag, String value, String outcome) {
        return name + "{" + tag + "=\"" + value + "\",outcome=\"" + outcome + "\"}";
    }

    /** Zero where there is no such series yet. */
    private double value(String series) {
        return all().lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private String all() {
        return given().get(metrics).asString();
    }
}
