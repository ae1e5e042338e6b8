package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed, again and again, under one service with devices that refresh and that are new. */
@ServiceTest
class DatabaseCrashTest {
    private static final int DEVICES = 8;
    private static final int CRASHES = Integer.getInteger("fault.crashes", 2);

    @Test
    void aDatabaseThatIsKilledUnderLoadLocksNoDeviceOutAndRedeemsNoCodeTwice() throws Exception {
        IntSupplier service = () -> RestAssured.port;
        try (Fleet fleet = Fleet.refreshing(Fleet.approved(DEVICES, service), 1);
                PublicDocuments documents = PublicDocuments.watched(RestAssured.port)) {
            Duration slowest = Duration.ZERO;
            for (int crash = 0; crash < CRASHES; crash++) {
                Duration recovery = crash(service, fleet);
                slowest = recovery.compareTo(slowest) > 0 ? recovery : slowest;
            }
            fleet.stop();
            documents.stopUnfailed();
            assertTrue(slowest.compareTo(Duration.ofSeconds(10)) < 0, "recovery took " + slowest);
            Figures.note(
                    "database",
                    "killed and started again at once %d times: %d devices, %d refreshes, %d unanswered, 0 re-approved;"
                            + " %d codes, each redeemed by two at once, none twice; all served again after %s; %d reads"
                            + " of the key set, none failed, slowest %d ms",
                    CRASHES,
                    DEVICES,
                    fleet.refreshed(),
                    fleet.unanswered(),
                    Newcomers.COUNT * CRASHES,
                    Figures.seconds(slowest),
                    documents.reads(),
                    documents.slowest().toMillis());
        }
    }

    private static Duration crash(IntSupplier service, Fleet fleet) throws Exception {
        Newcomers newcomers = Newcomers.approved(service);
        fleet.awaitEveryDevice();
        CompletableFuture<Void> redeemed = newcomers.redeem();
        PostgresResource.crash();
        Duration recovery = fleet.awaitEveryDevice();
        redeemed.get(60, TimeUnit.SECONDS);
        return recovery;
    }
}
