package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A power cut ends, and every device of a fleet wants a token in the same minute. */
class HerdIT {
    private static final int DEVICES = Integer.getInteger("fault.herd", 1500);
    private static final Duration WITHIN = Duration.ofSeconds(Integer.getInteger("fault.herd.seconds", 3));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEED = 1;
    private static final int FEW_ATTEMPTS = 20;

    @Test
    void everyDeviceOfAHerdIsServedOrToldWhenToComeAgain() throws Exception {
        Replicas replicas = Replicas.shared();
        List<VirtualDevice> devices = Fleet.approved(DEVICES, replicas::any);
        Herd herd = new Herd(devices, replicas::any, SEED);
        herd.come(WITHIN, PATIENCE);
        assertTrue(herd.mostAttempts() <= FEW_ATTEMPTS, "a device starves");
        Figures.note(
                "herd",
                "%d devices within %s (seed %d): all served; from wanting a token to having it p50 %d ms, p99 %d ms,"
                        + " longest %d ms; %d times 503 with Retry-After, %d times no answer; at most %d attempts of"
                        + " one device; 0 re-approved",
                DEVICES,
                Figures.seconds(WITHIN),
                SEED,
                herd.waited(0.5).toMillis(),
                herd.waited(0.99).toMillis(),
                herd.waited(1).toMillis(),
                herd.turnedAway(),
                herd.unanswered(),
                herd.mostAttempts());
    }
}
