package io.jeton.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.test.Await;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@ServiceTest
class PurgeJobTest {
    @Inject
    PurgeJob job;

    @Test
    void whatEndedIsDeletedInMoreThanOneBatchAndWhatLivesStays() throws Throwable {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String live = device.redeem();
        TestDevice pending = TestDevice.asking(TestClients.DEVICE);
        Database.update("""
                insert into device_authorization (id, user_code_mac, client_id, scope, requested_from, interval_seconds,
                    expires_at)
                select gen_random_uuid(), uuid_send(gen_random_uuid()), ?, '', '127.0.0.1', 5, now() - interval '2 days'
                from generate_series(1, 1200)""", TestClients.DEVICE);
        Database.update("""
                insert into guess_budget select 'old ' || n, 1, now() - interval '1 minute'
                from generate_series(1, 1200) n""");
        Database.update("""
                insert into browser_session select gen_random_uuid(), id, now() - interval '2 hours', now()
                    - interval '1 hour' from account""");

        run();

        assertEquals(0, count("device_authorization where expires_at < now() - interval '1 day 1 hour'"));
        assertEquals(0, count("guess_budget where subject like 'old %'"));
        assertEquals(0, count("browser_session where expires_at < now()"));
        device.refresh(live).then().statusCode(200);
        pending.poll().then().statusCode(400);
        assertEquals(1, count("device_authorization where id = '" + pending.id() + "'"));
    }

    @Test
    void aRefreshTokenGoesThirtyDaysAfterItEnded() throws Throwable {
        for (Map.Entry<String, Integer> end : List.of(
                Map.entry("revoked_at = now() - interval '29 days'", 1),
                Map.entry("revoked_at = now() - interval '31 days'", 0),
                Map.entry("idle_expires_at = now() - interval '29 days'", 1),
                Map.entry("idle_expires_at = now() - interval '31 days'", 0),
                Map.entry("absolute_expires_at = now() - interval '29 days'", 1),
                Map.entry("absolute_expires_at = now() - interval '31 days'", 0))) {
            TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write").redeem();
            Object id = Database.one("select id from refresh_token order by created_at desc limit 1")
                    .get("id");
            Database.update("update refresh_token set " + end.getKey() + " where id = ?", id);
            // One run may end in the middle of the table, the more so when the scheduled one walks it too; it comes
            // round.
            run();
            run();
            if (end.getValue() == 0) {
                Eventually.holds(() -> {
                    Await.result(job::run);
                    return count("refresh_token where id = '" + id + "'") == 0;
                });
            }
            assertEquals(end.getValue(), count("refresh_token where id = '" + id + "'"), end.getKey());
        }
    }

    @Test
    void aStatusGoesOnceNoAccessTokenCanBeAliveThatItIsAbout() throws Throwable {
        Database.update("""
                insert into token_status (status_index, status, changed_at) values
                    (800001, 1, now() - interval '24 hours 9 minutes'), (800002, 1, now() - interval '24 hours 11 minutes'),
                    (800003, 2, now() - interval '24 hours 9 minutes'), (800004, 2, now() - interval '24 hours 11 minutes')""");
        run();
        assertEquals(1, count("token_status where status_index = 800001"));
        assertEquals(0, count("token_status where status_index = 800002"));
        assertEquals(1, count("token_status where status_index = 800003"));
        assertEquals(0, count("token_status where status_index = 800004"));
        Database.update("delete from token_status where status_index between 800001 and 800004");
    }

    /** It cannot come back as the same, and nothing renews what it has: a flood of such devices must not stay for ever. */
    @Test
    void aDeviceThatNothingRenewsGoesOnceItsTokensHaveExpired() throws Throwable {
        UUID owner = TestDevice.person();
        String old = "first_seen_at = now() - interval '26 hours'";
        UUID gone = forgotten(old);
        UUID retired = forgotten(old + ", state = 'RETIRED'");
        List<UUID> staying = new ArrayList<>(List.of(
                forgotten("first_seen_at = now() - interval '24 hours 30 minutes'"),
                forgotten(old + ", serial = 'S-' || id"),
                forgotten(old + ", key_thumbprint = id::text"),
                forgotten(old + ", renamed = true"),
                forgotten(old + ", state = 'SUSPENDED'")));
        TestDevice renewed = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        renewed.redeem();
        UUID kept = (UUID) renewed.tokenRow().get("device_id");
        Database.update("update device set " + old + " where id = ?", kept);
        staying.add(kept);
        Database.update("""
                insert into device (id, account_id, client_id, first_seen_at, first_seen_from)
                select gen_random_uuid(), ?, ?, now() - interval '27 hours', 'flood' from generate_series(1, 21000)""", owner, TestClients.FORGETFUL_DEVICE);

        // One run may end in the middle of the table, the more so when the scheduled one walks it too; it comes round.
        Eventually.holds(() -> {
            Await.result(job::run);
            return count("device where first_seen_from = 'flood' or id in ('" + gone + "', '" + retired + "')") == 0;
        });

        for (UUID device : staying) {
            assertEquals(1, count("device where id = '" + device + "'"));
        }
    }

    private static UUID forgotten(String change) {
        TestDevice device = TestDevice.approved(TestClients.FORGETFUL_DEVICE, "scope", "telemetry:write");
        device.poll().then().statusCode(200);
        UUID id = (UUID) device.row().get("device_id");
        assertEquals(1, Database.update("update device set " + change + " where id = ?", id));
        return id;
    }

    private void run() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> job.run());
    }

    private static int count(String from) {
        return ((Long) Database.one("select count(*) as n from " + from).get("n")).intValue();
    }
}
