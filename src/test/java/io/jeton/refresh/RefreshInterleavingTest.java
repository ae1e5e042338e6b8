package io.jeton.refresh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.client.Client.RefreshPolicy;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the pure rotation decides is what the service does to the row, whoever comes with whatever token when. */
@ServiceTest
class RefreshInterleavingTest {
    private static final int RUNS = 25;
    private static final int STEPS = 25;
    private static final RefreshPolicy POLICY =
            new RefreshPolicy(Duration.ofDays(180), Duration.ofDays(1825), Duration.ofMinutes(10), 10);

    /** None near a boundary: the service's own time counts too. */
    private static final int[] PAUSES = {0, 0, 0, 20, 20, 300, 1000};

    @Test
    void theServiceDoesWhatTheRotationDecides() {
        for (int seed = 0; seed < RUNS; seed++) {
            run(seed);
        }
    }

    private static void run(int seed) {
        Random random = new Random(seed);
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        Map<Integer, String> tokens = new HashMap<>(Map.of(1, device.redeem()));
        Instant now = Instant.EPOCH;
        RefreshState state = new RefreshState(1, 0, 0, now, false, false);
        for (int step = 0; step < STEPS; step++) {
            String at = "seed " + seed + " step " + step;
            int pause = PAUSES[random.nextInt(PAUSES.length)];
            now = now.plusSeconds(pause);
            Database.update(
                    "update refresh_token set issued_at = issued_at - make_interval(secs => ?) where id = ?",
                    (double) pause,
                    device.row().get("refresh_token_id"));
            // Mostly what a device would do, now and then what a thief would.
            int presented = random.nextInt(12) == 0
                    ? 1 + random.nextInt(state.generation())
                    : random.nextInt(3) == 0 ? Math.max(1, state.confirmed()) : state.generation();
            Response answer = device.refresh(tokens.get(presented));
            Presentation decided = RefreshRotation.present(state, presented, now, POLICY);
            if (decided instanceof Presentation.Reused) {
                assertEquals(400, answer.statusCode(), at);
                assertRow(device, state, "reuse", at);
                assertEquals(400, device.refresh(tokens.get(state.generation())).statusCode(), at);
                return;
            }
            assertEquals(200, answer.statusCode(), at);
            if (decided instanceof Presentation.Issued issued) {
                state = new RefreshState(issued.generation(), issued.confirmed(), issued.retries(), now, false, false);
                tokens.put(state.generation(), answer.path("refresh_token"));
            }
            assertEquals(tokens.get(state.generation()), answer.path("refresh_token"), at);
            assertRow(device, state, null, at);
        }
    }

    private static void assertRow(TestDevice device, RefreshState state, @Nullable String revocation, String at) {
        Map<String, Object> row = device.tokenRow();
        assertEquals(state.generation(), row.get("generation"), at);
        assertEquals(state.confirmed(), row.get("confirmed"), at);
        assertEquals(state.retries(), row.get("retries"), at);
        assertEquals(revocation, row.get("revocation_reason"), at);
    }
}
