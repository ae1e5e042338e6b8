package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One of two replicas is killed, again and again, while devices refresh and new ones redeem their codes. */
class ReplicaCrashIT {
    private static final int CRASHES = Integer.getInteger("fault.crashes", 2);
    private static final int DEVICES = 40;
    private static final int NEWCOMERS = 30;
    private static final int PRESENTERS = 2;

    @Test
    void aKilledReplicaLocksNoDeviceOutAndRedeemsNoCodeTwice() throws Exception {
        try (Replicas replicas = Replicas.start(Map.of());
                Fleet fleet = Fleet.refreshing(Fleet.approved(DEVICES, replicas::any), 0);
                PublicDocuments documents = PublicDocuments.watched(replicas.all())) {
            Duration slowest = Duration.ZERO;
            for (int crash = 0; crash < CRASHES; crash++) {
                fleet.awaitEveryDevice();
                Duration recovery = crash(replicas, replicas.get(crash % 2), fleet);
                slowest = recovery.compareTo(slowest) > 0 ? recovery : slowest;
            }
            fleet.stop();
            documents.stop();
            assertTrue(slowest.compareTo(Duration.ofSeconds(10)) < 0, "recovery took " + slowest);
            Figures.note(
                    "crash",
                    "%d kills of one of two replicas: %d devices, %d refreshes, %d unanswered, 0 re-approved; %d codes"
                            + " redeemed by two at once, each once; all served again after %s; %d reads of the key set,"
                            + " none failed",
                    CRASHES,
                    DEVICES,
                    fleet.refreshed(),
                    fleet.unanswered(),
                    NEWCOMERS * CRASHES,
                    Figures.seconds(slowest),
                    documents.reads());
        }
    }

    private static Duration crash(Replicas replicas, Replica victim, Fleet fleet) throws Exception {
        List<DeviceCode> codes = Concurrently.each(4, NEWCOMERS, i -> DeviceCode.asked(replicas.any()));
        DeviceCode.approveAll();
        Object before = devices();
        List<UUID> rows = Concurrently.each(4, NEWCOMERS * PRESENTERS + 1, i -> {
            if (i == NEWCOMERS) {
                victim.kill();
                return new UUID(0, 0);
            }
            return redeemed(codes.get((i > NEWCOMERS ? i - 1 : i) / PRESENTERS), replicas);
        });
        assertEquals(NEWCOMERS + 1, rows.stream().distinct().count(), "one token for each code");
        assertEquals((long) before + NEWCOMERS, devices());
        Duration recovery = fleet.awaitEveryDevice();
        victim.restart();
        return recovery;
    }

    private static UUID redeemed(DeviceCode code, Replicas replicas) throws InterruptedException {
        Optional<String> token = code.redeem(replicas::any);
        while (token.isEmpty()) {
            Thread.sleep(20);
            token = code.redeem(replicas::any);
        }
        return RefreshTokenId.of(token.get());
    }

    private static Object devices() {
        return Database.one("select count(*) as n from device").get("n");
    }
}
