package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.demo.EmbeddedPostgres;
import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.Replica;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The database is lost, and a backup that was made under load takes its place while the devices go on; the keys have
 * rotated since it was made.
 */
class RestoreIT {
    private static final int DEVICES = Integer.getInteger("fault.restored", 40);

    @Test
    void aRestoredDumpLocksNoDeviceOutThatIsInIt() throws Exception {
        InstalledPostgres installed = InstalledPostgres.found();
        try (EmbeddedPostgres server = installed.start();
                Replicas replicas = Replicas.on(server)) {
            int meanwhile = play("dump, PostgreSQL " + installed.version(), replicas, r -> Dump.of(installed, r));
            assertTrue(meanwhile > 0, "nobody was served while the dump was made");
        }
    }

    @Test
    void aRestoredCopyLocksNoDeviceOutThatIsInIt() throws Exception {
        int unused = play("copy within the server", Replicas.shared(), DatabaseCopy::of);
    }

    /** How many refreshes were served while the backup was made. */
    private static int play(String kind, Replicas replicas, Backup.Making making) throws Exception {
        List<VirtualDevice> devices = Fleet.approved(DEVICES, replicas::any);
        VirtualDevice revoked = Fleet.approved(1, replicas::any).get(0);
        try (Fleet fleet = Fleet.refreshing(devices, 5);
                PublicDocuments documents = PublicDocuments.watched(replicas.all())) {
            fleet.awaitEveryDevice();
            int before = fleet.refreshed();
            Backup backup = making.of(replicas);
            int meanwhile = fleet.refreshed() - before;
            fleet.awaitEveryDevice();

            rotateKeys();
            Object device = revoke(revoked, replicas);
            VirtualDevice younger = Fleet.approved(1, replicas::any).get(0);
            runOn(fleet);
            String accessToken = devices.get(0).accessToken();
            Loss loss = Loss.played(backup, fleet);
            new CachingVerifier(replicas).verify(accessToken);
            fleet.stop();
            documents.stopUnfailed();
            assertEachWasToldToBeAhead();
            assertComesBackAsItWas(revoked, device);
            assertIsInTheLog(device, replicas);
            assertEquals(Answer.DEAD, served(younger), "the backup knows nothing of it");
            note(kind, meanwhile, loss, documents.reads());
            return meanwhile;
        }
    }

    private static void note(String kind, int meanwhile, Loss loss, int reads) {
        Figures.note(
                "restore",
                "%s, made during %d of %d refreshes and before a rotation of all keys: %d devices, 0 re-approved, the"
                        + " database away for %s, all served again %s later, each told once to be ahead; a token issued"
                        + " before still verifies; what was revoked since is live again, and in the log; %d reads of"
                        + " the key set, none failed",
                kind,
                meanwhile,
                loss.refreshed(),
                DEVICES,
                Figures.seconds(loss.away()),
                Figures.seconds(loss.recovery()),
                reads);
    }

    private static void runOn(Fleet fleet) throws Exception {
        for (int i = 0; i < 5; i++) {
            fleet.awaitEveryDevice();
        }
    }

    /** @param refreshed before it */
    private record Loss(int refreshed, Duration away, Duration recovery) {
        static Loss played(Backup backup, Fleet fleet) throws Exception {
            int refreshed = fleet.refreshed();
            long from = System.nanoTime();
            backup.restore();
            return new Loss(refreshed, Duration.ofNanos(System.nanoTime() - from), fleet.awaitEveryDevice());
        }
    }

    /** Turns the keys' clock: another MAC secret seals the refresh tokens, other keys sign. */
    private static void rotateKeys() throws Exception {
        Object before = RotationStep.active();
        Database.update("update signing_key set published_at = published_at - interval '1000 days',"
                + " activated_at = activated_at - interval '1000 days'");
        Eventually.holds(() -> !RotationStep.active().equals(before));
    }

    /** A copy of a token that was used before comes back; the id of the device. */
    private static Object revoke(VirtualDevice device, Replicas replicas) throws Exception {
        String copy = device.stored();
        assertEquals(Answer.REFRESHED, served(device));
        assertEquals(Answer.REFRESHED, served(device));
        assertEquals(Answer.DEAD, served(new VirtualDevice(replicas::any, copy)));
        assertEquals(Answer.DEAD, served(device));
        assertNotEquals(null, row(device).get("revoked_at"));
        return row(device).get("device_id");
    }

    /** The operator reads in the audit trail that a backup was restored. */
    private static void assertEachWasToldToBeAhead() throws Exception {
        String told = "select count(*) as events, count(distinct device_id) as devices from audit_event"
                + " where type = 'refresh_token.ahead'";
        Map<String, Object> each = Map.of("events", (long) DEVICES, "devices", (long) DEVICES);
        Eventually.holds(() -> Database.one(told).equals(each));
    }

    /** A backup knows nothing of what came after it, the revocation included: whoever restores one revokes again. */
    private static void assertComesBackAsItWas(VirtualDevice device, Object id) throws Exception {
        assertEquals(null, row(device).get("revoked_at"));
        assertEquals(
                List.of(),
                Database.query("select 1 from audit_event where type = 'refresh_token.reuse' and device_id = ?", id));
        assertEquals(Answer.REFRESHED, served(device));
    }

    /** What whoever restores reads to know what to revoke again. */
    private static void assertIsInTheLog(Object device, Replicas replicas) throws IOException {
        StringBuilder logs = new StringBuilder();
        for (Replica replica : replicas.all()) {
            logs.append(replica.log());
        }
        assertTrue(logs.toString()
                .lines()
                .anyMatch(line -> line.contains("type=refresh_token.reuse ") && line.contains(" device=" + device)));
    }

    private static Map<String, Object> row(VirtualDevice device) {
        return Database.one(
                "select device_id, revoked_at from refresh_token where id = ?", RefreshTokenId.of(device.stored()));
    }

    private static Answer served(VirtualDevice device) throws InterruptedException {
        Answer answer = device.ask();
        for (int i = 0; i < 100 && answer == Answer.NONE; i++) {
            Thread.sleep(50);
            answer = device.ask();
        }
        assertTrue(answer != Answer.NONE, "no answer");
        return answer;
    }
}
