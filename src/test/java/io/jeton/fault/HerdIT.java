package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A power cut ends, and every device of a fleet wants a token in the same minute. */
class HerdIT {
    private static final int DEVICES = Integer.getInteger("fault.herd", 1500);
    private static final Duration WITHIN = Duration.ofSeconds(Integer.getInteger("fault.herd.seconds", 3));
    private static final int DENSE = Integer.getInteger("fault.herd.dense", 3000);
    private static final Duration AT_ONCE = Duration.ofSeconds(Integer.getInteger("fault.herd.dense.seconds", 1));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEED = 1;
    /** As many as a token may be retried: whoever needed more could be taken for a thief. */
    private static final int FEW_ATTEMPTS = 10;

    @Test
    void everyDeviceOfAHerdIsServedOrToldWhenToComeAgain() throws Exception {
        Herd unused = come(Replicas.shared(), DEVICES, WITHIN);
    }

    /** The replicas have a second's patience and two connections to the database each: so many cannot be served at once. */
    @Test
    void aHerdThatIsTooDenseIsTurnedAwayAndNobodyStarves() throws Exception {
        Map<String, String> little = Map.of("jeton.http.timeout", "PT1S", "quarkus.datasource.reactive.max-size", "2");
        try (Replicas replicas = Replicas.start(little)) {
            Herd herd = come(replicas, DENSE, AT_ONCE);
            assumeTrue(herd.turnedAway() > 0, "nobody was turned away: -Dfault.herd.dense must be larger here");
        }
    }

    private static Herd come(Replicas replicas, int count, Duration within) throws Exception {
        List<VirtualDevice> devices = Fleet.approved(count, replicas::any);
        Herd herd = new Herd(devices, replicas::any, SEED);
        herd.come(within, PATIENCE);
        Figures.note(
                "herd",
                "%d devices within %s (seed %d): all served; from wanting a token to having it p50 %d ms, p99 %d ms,"
                        + " longest %d ms; %d times 503 with Retry-After, %d times no answer; at most %d attempts of"
                        + " one device; 0 re-approved",
                count,
                Figures.seconds(within),
                SEED,
                herd.waited(0.5).toMillis(),
                herd.waited(0.99).toMillis(),
                herd.waited(1).toMillis(),
                herd.turnedAway(),
                herd.unanswered(),
                herd.mostAttempts());
        assertEquals(0, herd.unanswered(), "times no answer");
        assertTrue(herd.mostAttempts() <= FEW_ATTEMPTS, "a device starves");
        return herd;
    }
}
