package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.PostgresResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away, in each of the ways it does, under two replicas with devices that refresh and that are new. */
class DatabaseFaultsIT {
    private static final int DEVICES = 40;
    private static final int AWAY_SECONDS = Integer.getInteger("fault.away.seconds", 3);
    private static final Duration NOTICED = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private static Replicas replicas;

    @BeforeAll
    static void twoReplicas() throws Exception {
        replicas = Replicas.shared();
    }

    @Test
    void anImmediateRestartOfTheDatabaseLocksNoDeviceOut() throws Exception {
        play("restarted", fleet -> PostgresResource.restartImmediately());
    }

    @Test
    void aDatabaseThatStandsStillLocksNoDeviceOut() throws Exception {
        play("paused", fleet -> PostgresResource.whilePaused(() -> pass(fleet)));
    }

    @Test
    void aDatabaseWithoutFreeConnectionsLocksNoDeviceOut() throws Exception {
        play("out of connections", fleet -> {
            try (ConnectionHog hog = new ConnectionHog(replicas.database())) {
                assertTrue(hog.taken() > 100);
                pass(fleet);
            }
        });
    }

    @Test
    void aDatabaseThatIsReadOnlyLocksNoDeviceOut() throws Exception {
        play("read-only", fleet -> {
            alterSystem("set default_transaction_read_only = on");
            try {
                pass(fleet);
            } finally {
                alterSystem("reset default_transaction_read_only");
            }
        });
    }

    /** What is done to the database; when it returns, the database is there again. */
    private interface Fault {
        void play(Fleet fleet) throws Exception;
    }

    private static void play(String name, Fault fault) throws Exception {
        try (Fleet fleet = Fleet.refreshing(Fleet.approved(DEVICES, replicas::any), 5);
                PublicDocuments documents = PublicDocuments.watched(replicas.all())) {
            Newcomers newcomers = Newcomers.approved(replicas::any);
            fleet.awaitEveryDevice();
            int unanswered = fleet.unanswered();
            CompletableFuture<Void> redeemed = newcomers.redeem();
            fault.play(fleet);
            Duration recovery = fleet.awaitEveryDevice();
            redeemed.get(60, TimeUnit.SECONDS);
            fleet.stop();
            documents.stopUnfailed();
            assertTrue(fleet.unanswered() > unanswered, "nobody noticed");
            assertTrue(recovery.compareTo(RECOVERY) < 0, "recovery took " + recovery);
            Figures.note(
                    "database",
                    "%s: %d devices, %d refreshes, %d unanswered, 0 re-approved; %d codes, each redeemed by two at once,"
                            + " none twice; all served again after %s; %d reads of the key set, none failed, slowest %d ms",
                    name,
                    DEVICES,
                    fleet.refreshed(),
                    fleet.unanswered(),
                    Newcomers.COUNT,
                    Figures.seconds(recovery),
                    documents.reads(),
                    documents.slowest().toMillis());
        }
    }

    /** As long as it is away, and until somebody was told so, if that comes soon. */
    private static void pass(Fleet fleet) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAY_SECONDS);
        long latest = end + NOTICED.toNanos();
        int before = fleet.unanswered();
        while (System.nanoTime() < end || (fleet.unanswered() == before && System.nanoTime() < latest)) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void alterSystem(String change) throws SQLException {
        try (Connection connection = PostgresResource.server().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter system " + change);
            statement.execute("select pg_reload_conf()");
        }
    }
}
