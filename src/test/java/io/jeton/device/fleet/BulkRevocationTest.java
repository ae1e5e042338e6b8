package io.jeton.device.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.crypto.Randomness;
import io.jeton.device.registry.DeviceRegistry;
import io.jeton.device.registry.DeviceSelector;
import io.jeton.device.registry.DeviceState;
import io.jeton.device.registry.OrderedBy;
import io.jeton.device.registry.Orders;
import io.jeton.device.registry.RegistryAudit;
import io.jeton.grant.RefreshTokens;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk revocations, carried out by the service's own worker and by others beside it. */
@ServiceTest
class BulkRevocationTest {
    private static final OrderedBy OPERATOR = OrderedBy.operator("ops", "127.0.0.1");

    @Inject
    BulkRevocations revocations;

    @Inject
    BulkStepRepository steps;

    @Inject
    RefreshTokens refreshTokens;

    @Inject
    RegistryAudit registryAudit;

    @Inject
    BulkAudit bulkAudit;

    @Inject
    FleetConfig config;

    @Inject
    DeviceRegistry registry;

    private String model;

    @BeforeEach
    void aModel() {
        model = "bulk-" + UUID.randomUUID();
    }

    @Test
    void tenThousandAreRevokedOverAPauseAndTheDeathOfAWorkerAndNoneIsLostOrDoneTwice() throws Exception {
        devices(10_000);
        Database.update("""
                update refresh_token set revoked_at = now() where device_id in
                    (select id from device where model = ? and serial like 'b1%')""", model);
        int live = 10_000 - 1112;
        BulkOrder order = order(BulkAction.REVOKE, 2500);
        BulkPreview preview = Orders.await(() -> revocations.preview(order));
        assertEquals(live, preview.matched());
        assertEquals(10, preview.sample().size());
        assertEquals(live, live());

        UUID id = start(order);
        Eventually.holds(() -> progress(id).done() > 0);
        assertInstanceOf(BulkOutcome.Done.class, Orders.await(() -> revocations.pause(id, OPERATOR)));
        long paused = progress(id).done();
        assertTrue(paused > 0 && paused < live, "paused after " + paused);
        stays(id, paused);
        assertEquals(live - paused, live());
        assertInstanceOf(BulkOutcome.Done.class, Orders.await(() -> revocations.resume(id, OPERATOR)));

        // Another replica takes it, and dies with it.
        Database.update(
                "update bulk_revocation set leased_by = gen_random_uuid(), leased_until = now() + interval '1 hour'"
                        + " where id = ?",
                id);
        stays(id, progress(id).done());
        Database.update("update bulk_revocation set leased_until = now() where id = ?", id);

        done(id);
        assertEquals(preview.matched(), progress(id).done());
        assertEquals(0, live());
        assertEquals(live, count("version = 2"), "each of them once");
        assertEquals(10_000 - live, count("version = 1"));
        assertEquals(
                live,
                count("exists (select from audit_event a where a.device_id = device.id and a.xmin = device.xmin"
                        + " and a.type = 'device.revoked')"),
                "told with what was done");
        assertEquals(0, Orders.await(() -> revocations.preview(order)).matched());
    }

    @Test
    void manyWorkersAtOnceDoEveryDeviceOnce() throws Exception {
        devices(3000);
        UUID id = start(order(BulkAction.RETIRE, BulkOrder.FASTEST));
        Concurrently.call(4, () -> {
            BulkWorker worker =
                    new BulkWorker(steps, refreshTokens, registryAudit, bulkAudit, config, new Randomness());
            for (int turn = 0; turn < 20 && progress(id).state() == BulkState.RUNNING; turn++) {
                Orders.await(worker::work);
                // As if this worker had died here: the next turn is somebody else's.
                Database.update("update bulk_revocation set leased_until = now() where id = ?", id);
            }
            return true;
        });
        done(id);
        assertEquals(3000, progress(id).done());
        assertEquals(3000, count("version = 2 and state = 'RETIRED'"));
        assertEquals(0, live());
    }

    @Test
    void suspendingReachesWhatTheOwnerSuspendedAndTheOwnerCannotResumeIt() throws Exception {
        devices(9);
        Database.update(
                "update device set state = 'SUSPENDED', state_changed_by = 'OWNER' where model = ? and serial < 'b4'",
                model);
        Database.update("update device set state = 'RETIRED' where model = ? and serial >= 'b8'", model);
        UUID id = start(order(BulkAction.SUSPEND, 1000));
        done(id);
        assertEquals(7, progress(id).done());
        assertEquals(7, count("state = 'SUSPENDED' and state_changed_by = 'OPERATOR'"));
        assertEquals(9, live(), "what was granted stays");
    }

    @Test
    void aDeviceThatComesLaterIsNoneOfItsBusiness() throws Exception {
        devices(5);
        UUID id = start(order(BulkAction.RETIRE, 1));
        assertInstanceOf(BulkOutcome.Done.class, Orders.await(() -> revocations.pause(id, OPERATOR)));
        Database.update(
                "insert into device (id, client_id, model, first_seen_from) values (gen_random_uuid(), ?, ?, '')",
                TestClients.DEVICE,
                model);
        Database.update("update bulk_revocation set per_second = 1000 where id = ?", id);
        assertInstanceOf(BulkOutcome.Done.class, Orders.await(() -> revocations.resume(id, OPERATOR)));
        done(id);
        assertEquals(5, count("state = 'RETIRED'"));
        assertEquals(1, count("state = 'ACTIVE'"));
    }

    @Test
    void whatBecomesOfItIsToldInTheTransactionThatDoesIt() throws Exception {
        devices(2);
        UUID id = start(order(BulkAction.REVOKE, 1));
        assertInstanceOf(BulkOutcome.Done.class, Orders.await(() -> revocations.pause(id, OPERATOR)));
        assertToldAtOnce(id, "bulk_revocation.paused");
        assertInstanceOf(BulkOutcome.Done.class, Orders.await(() -> revocations.cancel(id, OPERATOR)));
        assertToldAtOnce(id, "bulk_revocation.cancelled");
        assertInstanceOf(BulkOutcome.NotPossible.class, Orders.await(() -> revocations.cancel(id, OPERATOR)));
        assertToldAtOnce(id, "bulk_revocation.cancelled");

        UUID other = start(order(BulkAction.REVOKE, 1000));
        done(other);
        assertToldAtOnce(other, "bulk_revocation.finished");
    }

    @Test
    void aRateIsKept() throws Exception {
        devices(400);
        long begun = System.nanoTime();
        UUID id = start(order(BulkAction.REVOKE, 40));
        Eventually.holds(() -> progress(id).done() >= 80);
        long done = progress(id).done();
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertTrue(done <= 40 * (seconds + 1) + 1, done + " in " + seconds + " s");
        assertInstanceOf(BulkOutcome.Done.class, Orders.await(() -> revocations.cancel(id, OPERATOR)));
        long cancelled = progress(id).done();
        stays(id, cancelled);
        assertEquals(400 - cancelled, live());
    }

    @Test
    void onlyWhatFitsTheWholeSelectorIsTouched() throws Exception {
        devices(20);
        Database.update("""
                update refresh_token set issued_at = now() - interval '90 days' where device_id in
                    (select id from device where model = ? and serial like 'b1%')""", model);
        Database.update("update device set first_seen_at = now() - interval '1 year' where model = ?", model);
        var quiet = DeviceSelector.ALL
                .client(TestClients.DEVICE)
                .model(model)
                .owner(TestDevice.person())
                .serialPrefix("b")
                .state(DeviceState.ACTIVE)
                .seenBefore(java.time.Instant.now().minus(java.time.Duration.ofDays(30)));
        UUID id = start(new BulkOrder(quiet, BulkAction.REVOKE, 1000, "gone quiet"));
        done(id);
        assertEquals(11, progress(id).done());
        assertEquals(9, live());
        assertEquals(quiet, progress(id).order().selector());
    }

    @Test
    void whatHasEndedGoesOnNoMore() throws Exception {
        devices(1);
        UUID id = start(order(BulkAction.REVOKE, 10));
        done(id);
        for (var outcome : List.of(
                revocations.pause(id, OPERATOR), revocations.resume(id, OPERATOR), revocations.cancel(id, OPERATOR))) {
            assertEquals(new BulkOutcome.NotPossible(BulkState.DONE), Orders.await(() -> outcome));
        }
        assertInstanceOf(
                BulkOutcome.NotFound.class, Orders.await(() -> revocations.pause(UUID.randomUUID(), OPERATOR)));
        assertEquals(
                id,
                Orders.await(() -> revocations.list(Optional.empty(), 1)).get(0).id());
    }

    @Test
    void anOrderSaysWhichDevicesAndHowFast() {
        assertThrows(IllegalArgumentException.class, () -> new BulkOrder(DeviceSelector.ALL, BulkAction.REVOKE, 1, ""));
        DeviceSelector selector = DeviceSelector.ALL.model(model);
        for (int rate : new int[] {0, -1, BulkOrder.FASTEST + 1}) {
            assertThrows(IllegalArgumentException.class, () -> new BulkOrder(selector, BulkAction.REVOKE, rate, ""));
        }
    }

    private BulkOrder order(BulkAction action, int perSecond) {
        return new BulkOrder(DeviceSelector.ALL.model(model), action, perSecond, "stolen");
    }

    private UUID start(BulkOrder order) {
        return Orders.await(() -> revocations.start(order, OPERATOR)).id();
    }

    private BulkRevocation progress(UUID id) {
        return Orders.await(() -> revocations.find(id)).orElseThrow();
    }

    private void done(UUID id) throws Exception {
        Eventually.holds(() -> progress(id).state() == BulkState.DONE);
    }

    /** What the row's last transaction has told of it. */
    private static void assertToldAtOnce(UUID id, String type) {
        assertEquals(
                type,
                Database.one(
                                "select a.type from audit_event a join bulk_revocation b on a.subject = b.id::text"
                                        + " where b.id = ? and a.xmin = b.xmin",
                                id)
                        .get("type"));
    }

    private void stays(UUID id, long done) throws InterruptedException {
        Thread.sleep(2500);
        assertEquals(done, progress(id).done());
    }

    private long live() {
        return (long) Database.one("""
                select count(*) from refresh_token t join device d on d.id = t.device_id
                where d.model = ? and t.revoked_at is null""", model).get("count");
    }

    private int count(String condition) {
        return ((Long) Database.one("select count(*) from device where model = ? and " + condition, model)
                        .get("count"))
                .intValue();
    }

    /** Connected devices with the serial numbers b1, b2 and so on. */
    private void devices(int count) {
        Database.update("""
                insert into device (id, account_id, client_id, serial, model, first_seen_from)
                select gen_random_uuid(), ?, ?, 'b' || n || ?, ?, '192.0.2.1' from generate_series(1, ?) n""", TestDevice.person(), TestClients.DEVICE, "-" + model, model, count);
        Database.update("""
                insert into refresh_token (id, client_id, account_id, device_id, scope, authenticated_at, generation,
                    confirmed, retries, issued_at, idle_expires_at, absolute_expires_at)
                select gen_random_uuid(), client_id, account_id, id, 'telemetry:write', now(), 1, 0, 0, now(),
                    now() + interval '1 day', now() + interval '9 days'
                from device where model = ?""", model);
    }
}
