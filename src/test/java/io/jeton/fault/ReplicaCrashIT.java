package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Replica;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One of two replicas is killed, again and again, while devices refresh and new ones redeem their codes. */
class ReplicaCrashIT {
    private static final int CRASHES = Integer.getInteger("fault.crashes", 2);
    private static final int DEVICES = 40;

    @Test
    void aKilledReplicaLocksNoDeviceOutAndRedeemsNoCodeTwice() throws Exception {
        Replicas replicas = Replicas.shared();
        try (Fleet fleet = Fleet.refreshing(Fleet.approved(DEVICES, replicas::any), 5);
                PublicDocuments documents = PublicDocuments.watched(replicas.all())) {
            Duration slowest = Duration.ZERO;
            for (int crash = 0; crash < CRASHES; crash++) {
                Duration recovery = crash(replicas, replicas.get(crash % 2), fleet);
                slowest = recovery.compareTo(slowest) > 0 ? recovery : slowest;
            }
            fleet.stop();
            documents.stop();
            assertTrue(slowest.compareTo(Duration.ofSeconds(10)) < 0, "recovery took " + slowest);
            Figures.note(
                    "crash",
                    "one of two replicas killed %d times: %d devices, %d refreshes, %d unanswered, 0 re-approved;"
                            + " %d codes, each redeemed by two at once, none twice; all served again after %s; %d reads"
                            + " of the key set, none failed; %d attempts at the one that was killed",
                    CRASHES,
                    DEVICES,
                    fleet.refreshed(),
                    fleet.unanswered(),
                    Newcomers.COUNT * CRASHES,
                    Figures.seconds(slowest),
                    documents.reads(),
                    documents.failures());
        }
    }

    private static Duration crash(Replicas replicas, Replica victim, Fleet fleet) throws Exception {
        Newcomers newcomers = Newcomers.approved(replicas::any);
        fleet.awaitEveryDevice();
        CompletableFuture<Void> redeemed = newcomers.redeem();
        victim.kill();
        Duration recovery = fleet.awaitEveryDevice();
        redeemed.get(30, TimeUnit.SECONDS);
        victim.restart();
        return recovery;
    }
}
