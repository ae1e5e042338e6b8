package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.TestClients;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Mixed load for a long time: devices refresh, others come back with a code, verifiers read the keys. Nothing grows. */
class SoakIT {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("fault.soak.seconds", 6));
    private static final boolean LONG = LENGTH.compareTo(Duration.ofMinutes(5)) >= 0;
    private static final int DEVICES = 100;
    private static final int RETURNING = 20;
    private static final long MIB = 1024;

    @Test
    void nothingGrowsWithTheNumberOfRefreshes() throws Exception {
        Replicas replicas = Replicas.shared();
        try (Fleet fleet = Fleet.refreshing(Fleet.approved(DEVICES, replicas::any), 2);
                PublicDocuments documents = PublicDocuments.watched(replicas.all())) {
            fleet.awaitEveryDevice();
            int returns = comeBack(replicas, LENGTH.dividedBy(3));
            Footprint first = Footprint.of(replicas);
            int refreshedFirst = fleet.refreshed();
            returns += comeBack(replicas, LENGTH.multipliedBy(2).dividedBy(3));
            fleet.stop();
            documents.stopUnfailed();
            Footprint last = Footprint.of(replicas);
            Figures.note(
                    "soak",
                    "%s of mixed load: %d refreshes of %d devices, %d returns of %d others with a code, %d reads of the"
                            + " key set; after a third of it, %d refreshes, and at the end: %s, %s",
                    Figures.seconds(LENGTH),
                    fleet.refreshed(),
                    DEVICES,
                    returns,
                    RETURNING,
                    documents.reads(),
                    refreshedFirst,
                    first,
                    last);
            assertFlat(first, last);
        }
    }

    private static void assertFlat(Footprint first, Footprint last) {
        assertEquals(first.rows(), last.rows(), "a row for each device, not for each refresh");
        assertTrue(last.tableKib() <= first.tableKib() * 3 / 2 + 256, () -> "the table grows: " + first + last);
        if (LONG) {
            assertTrue(last.heapKib() <= first.heapKib() + 8 * MIB, () -> "the heap grows: " + first + last);
            assertTrue(last.rssKib() <= first.rssKib() + 32 * MIB, () -> "the memory grows: " + first + last);
        }
    }

    /** Devices that lost their token come back with a code, and are the same devices. */
    private static int comeBack(Replicas replicas, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        int returns = 0;
        do {
            var codes = Concurrently.each(
                    2, RETURNING, i -> DeviceCode.asked(replicas.any(), TestClients.DEVICE, "serial-" + i));
            DeviceCode.approveAll();
            for (DeviceCode code : codes) {
                assertTrue(code.redeem(replicas::any).isPresent());
                returns++;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        } while (System.nanoTime() < end);
        return returns;
    }
}
