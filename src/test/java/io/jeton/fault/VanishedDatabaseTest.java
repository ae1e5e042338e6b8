package io.jeton.fault;

import static io.jeton.fault.BehindVanishingNetwork.network;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.OneReplica;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The machine of the database is lost in silence: no reset, no refusal, packets alone that nobody answers. */
@ServiceTest
@OneReplica("the connections of one are looked at")
@TestProfile(BehindVanishingNetwork.class)
class VanishedDatabaseTest {
    private static final int DEVICES = 24;
    private static final int ROUNDS = 8;
    /** The kernel would take a quarter of an hour. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final String OURS = "datname = current_database() and application_name = 'vertx-pg-client'";

    @Test
    void aDatabaseThatVanishesIsServedFromAgainWhenThereIsAnother() throws Exception {
        List<Refreshing> devices = devices();
        assertTrue(refreshAll(devices));
        network().loseConnections();
        assertAnother(devices);
    }

    @Test
    void whatIsOpenedWhileNothingAnswersIsGivenUpToo() throws Exception {
        List<Refreshing> devices = devices();
        assertTrue(refreshAll(devices));
        network().vanish();
        int lost = network().lost();
        Eventually.holds(RECOVERY, () -> {
            boolean unused = refreshAll(devices);
            return network().lost() > lost;
        });
        network().comeBack();
        assertAnother(devices);
    }

    @Test
    void aStatementThatIsNotWaitedForAnyLongerEndsAtTheServerToo() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "device_serial", "forgotten-1");
        Object account = device.row().get("account_id");
        Database.whileLocked("select from account where id = '" + account + "' for update", () -> {
            device.poll().then().statusCode(503);
            assertTrue(waiting() > 0);
            Eventually.holds(RECOVERY, () -> waiting() == 0);
            return null;
        });
        assertEquals("APPROVED", device.row().get("state"));
        assertNull(device.row().get("refresh_token_id"));
        device.redeem();
    }

    @Test
    void connectionsThatHadNothingToDoEndAndNobodyMeetsThem() throws Exception {
        List<Refreshing> devices = devices();
        assertTrue(refreshAll(devices));
        for (int round = 0; round < ROUNDS; round++) {
            Set<Object> before = backends();
            Eventually.holds(() -> !backends().containsAll(before));
            assertTrue(refreshAll(devices));
        }
    }

    private static void assertAnother(List<Refreshing> devices) throws Exception {
        Eventually.holds(RECOVERY, () -> refreshAll(devices));
        // It listens there too: this is known long before the next reload.
        Eventually.holds(RECOVERY, () -> listening() == 1);
        Database.update("update client set enabled = false where id = ?", TestClients.POST_SERVICE);
        Eventually.holds(() -> TestService.token().statusCode() == 401);
        Database.update("update client set enabled = true where id = ?", TestClients.POST_SERVICE);
        Eventually.holds(() -> TestService.token().statusCode() == 200);
    }

    private static List<Refreshing> devices() {
        List<Refreshing> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "openid");
            devices.add(new Refreshing(device, device.redeem()));
        }
        return devices;
    }

    /** Whether each was served, all at once. */
    private static boolean refreshAll(List<Refreshing> devices) throws Exception {
        return Concurrently.each(DEVICES, DEVICES, index -> devices.get(index).refresh()).stream()
                .allMatch(served -> served);
    }

    private static Set<Object> backends() {
        return Database.query("select pid from pg_stat_activity where " + OURS).stream()
                .map(row -> row.get("pid"))
                .collect(Collectors.toSet());
    }

    private static int waiting() {
        return Database.query("select from pg_stat_activity where wait_event_type = 'Lock' and " + OURS)
                .size();
    }

    private static int listening() {
        return Database.query("select from pg_stat_activity where query = 'select 1' and state = 'idle' and " + OURS
                        + " and state_change > now() - interval '7 seconds'")
                .size();
    }

    /** A device that keeps its token until it has another. */
    private static final class Refreshing {
        private final TestDevice device;
        private String token;

        Refreshing(TestDevice device, String token) {
            this.device = device;
            this.token = token;
        }

        boolean refresh() {
            Response answer = device.refresh(token);
            if (answer.statusCode() == 200) {
                token = answer.path("refresh_token");
                return true;
            }
            answer.then().statusCode(503);
            return false;
        }
    }
}
