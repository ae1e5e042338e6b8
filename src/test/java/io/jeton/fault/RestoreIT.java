package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database is lost, and a backup takes its place while the devices go on; the keys have rotated since it was made. */
class RestoreIT {
    private static final int DEVICES = Integer.getInteger("fault.restored", 40);

    @Test
    void aRestoredBackupLocksNoDeviceOutThatIsInIt() throws Exception {
        Replicas replicas = Replicas.shared();
        List<VirtualDevice> devices = Fleet.approved(DEVICES, replicas::any);
        VirtualDevice revoked = Fleet.approved(1, replicas::any).get(0);
        Backup backup = Backup.of(replicas.database());

        rotateKeys();
        revoke(revoked);
        VirtualDevice younger = Fleet.approved(1, replicas::any).get(0);
        try (Fleet fleet = Fleet.refreshing(devices, 5);
                PublicDocuments documents = PublicDocuments.watched(replicas.all())) {
            for (int i = 0; i < 5; i++) {
                fleet.awaitEveryDevice();
            }
            String accessToken = devices.get(0).accessToken();
            backup.restore();
            Duration recovery = fleet.awaitEveryDevice();
            new CachingVerifier(replicas).verify(accessToken);
            fleet.stop();
            documents.stopUnfailed();
            assertComesBackAsItWas(revoked);
            assertEquals(Answer.DEAD, served(younger), "the backup knows nothing of it");
            Figures.note(
                    "restore",
                    "a backup restored after %d refreshes and a rotation of all keys: %d devices, 0 re-approved, all"
                            + " served again after %s; a token issued before still verifies; what was revoked since is"
                            + " live again; %d reads of the key set, none failed",
                    fleet.refreshed(),
                    DEVICES,
                    Figures.seconds(recovery),
                    documents.reads());
        }
    }

    /** Turns the keys' clock: another MAC secret seals the refresh tokens, other keys sign. */
    private static void rotateKeys() throws Exception {
        Object before = RotationStep.active();
        Database.update("update signing_key set published_at = published_at - interval '1000 days',"
                + " activated_at = activated_at - interval '1000 days'");
        Eventually.holds(() -> !RotationStep.active().equals(before));
    }

    /** A copy of a token that was used before comes back. */
    private static void revoke(VirtualDevice device) throws Exception {
        String copy = device.stored();
        assertEquals(Answer.REFRESHED, served(device));
        assertEquals(Answer.REFRESHED, served(device));
        assertEquals(Answer.DEAD, served(new VirtualDevice(Replicas.shared()::any, copy)));
        assertEquals(Answer.DEAD, served(device));
        assertNotEquals(null, revokedAt(device));
    }

    /** A backup knows nothing of what came after it, the revocation included: whoever restores one revokes again. */
    private static void assertComesBackAsItWas(VirtualDevice device) throws Exception {
        assertEquals(null, revokedAt(device));
        assertEquals(Answer.REFRESHED, served(device));
    }

    private static Object revokedAt(VirtualDevice device) {
        return Database.one("select revoked_at from refresh_token where id = ?", RefreshTokenId.of(device.stored()))
                .get("revoked_at");
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
