package io.jeton.interop;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The guide's program, a process of its own: all it knows of the service are the keys and the status list. */
@ServiceTest
class OfflineVerifierTest {
    private static final Duration TTL = Duration.ofSeconds(2);
    /** For rendering, for the time a question takes, and for a machine that has other things to do. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    @Test
    void itRefusesARevokedDeviceWithinTheTtl() throws Exception {
        String issuer = given().get("/.well-known/openid-configuration").path("issuer");
        try (VerifierProcess verifier = new VerifierProcess(issuer)) {
            List<Long> waits = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                TestDevice device = TestDevice.approved(TestClients.LISTED_DEVICE, "scope", "telemetry:write");
                String token = device.poll().path("access_token");
                assertTrue(verifier.ask(token).startsWith("valid: device "), verifier.ask(token));
                Database.update(
                        "update refresh_token set revoked_at = now() where id = ?",
                        device.tokenRow().get("id"));
                waits.add(untilItSays("not valid: revoked", token, verifier));
            }
            System.out.println("from revoke to refusal at a verifier, ttl " + TTL.toMillis() + " ms: " + waits);
        }
    }

    @Test
    void itRefusesASuspendedDeviceUntilItResumes() throws Exception {
        String issuer = given().get("/.well-known/openid-configuration").path("issuer");
        try (VerifierProcess verifier = new VerifierProcess(issuer)) {
            TestDevice device = TestDevice.approved(TestClients.LISTED_DEVICE, "scope", "telemetry:write");
            String token = device.poll().path("access_token");
            String valid = verifier.ask(token);
            Object id = device.tokenRow().get("device_id");
            Database.update("update device set state = 'SUSPENDED' where id = ?", id);
            untilItSays("not valid: suspended", token, verifier);
            Database.update("update device set state = 'ACTIVE' where id = ?", id);
            untilItSays(valid, token, verifier);
            String unlisted = TestDevice.approved(TestClients.DEVICE).poll().path("access_token");
            assertEquals("not valid: it does not say where its status is found", verifier.ask(unlisted));
        }
    }

    @Test
    @DisplayName("Token Status List §8.3: what is wrong with a list is refused")
    void itRefusesListsThatAreNotWhatTheySay() throws Exception {
        try (OtherIssuer issuer = new OtherIssuer();
                VerifierProcess verifier = new VerifierProcess(issuer.uri())) {
            assertEquals("valid: device d", verifier.ask(issuer.token("good", 4)));
            assertTrue(verifier.ask(issuer.token("good", 3)).startsWith("not valid: a status of which"));
            assertEquals("not valid: revoked", verifier.ask(issuer.token("good", 0)));
            assertEquals("not valid: suspended", verifier.ask(issuer.token("good", 1)));
            for (long outside : new long[] {12, -1, 1L << 40, Long.MAX_VALUE}) {
                assertEquals("not valid: its index is out of range", verifier.ask(issuer.token("good", outside)));
            }
            for (String wrong : List.of("typ", "sub", "expired", "signature", "iat", "bits", "lst")) {
                String answer = verifier.ask(issuer.token(wrong, 4));
                assertTrue(answer.startsWith("not valid: its status list "), wrong + ": " + answer);
            }
            assertEquals("not valid: its status list cannot be fetched", verifier.ask(issuer.token("nowhere", 4)));
            assertEquals(
                    "not valid: its status is not where the issuer is",
                    verifier.ask(issuer.tokenFor("http://localhost:1/lists/good", 4)));
        }
    }

    private static long untilItSays(String expected, String token, VerifierProcess verifier) throws Exception {
        long begin = System.nanoTime();
        String answer = verifier.ask(token);
        while (!answer.equals(expected)) {
            assertTrue(System.nanoTime() - begin < TTL.plus(SLACK).toNanos(), answer);
            Thread.sleep(20);
            answer = verifier.ask(token);
        }
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
