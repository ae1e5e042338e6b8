package io.jeton.device.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.user.Account;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class DeviceRegistryTest {
    private static final OrderedBy OPERATOR = OrderedBy.operator("ops", "127.0.0.1");

    @Inject
    DeviceRegistry registry;

    private String serial;
    private TestDevice device;
    private UUID id;
    private DeviceOrder order;
    private Orders orders;

    @BeforeEach
    void aConnectedDevice() {
        serial = "sn-" + UUID.randomUUID();
        device = approved("Kettle of the kitchen");
        String unused = device.redeem();
        id = (UUID) device.row().get("device_id");
        order = DeviceOrder.of(id, OPERATOR, "by a test");
        orders = new Orders(registry, id);
    }

    @Test
    void aDeviceIsReadWithItsOwnerItsGrantAndWhereItWasSeen() {
        Device read = Orders.await(() -> registry.find(id)).orElseThrow();
        assertEquals(TestClients.PERSON, read.owner().orElseThrow().name());
        assertEquals("Kettle of the kitchen", read.said().name().orElseThrow());
        assertEquals(serial, read.said().serial().orElseThrow());
        assertEquals(DeviceState.ACTIVE, read.standing().state());
        assertTrue(read.isConnected());
        assertEquals("telemetry:write", read.grant().orElseThrow().scopes().toString());
        assertEquals("127.0.0.1", read.seen().lastFrom());
        assertFalse(read.seen().lastAt().isBefore(read.seen().firstAt()));
        assertTrue(Orders.await(() -> registry.find(UUID.randomUUID())).isEmpty());
    }

    @Test
    void everyOrderSaysWhatTheDeviceIsNow() {
        assertEquals(DeviceState.SUSPENDED, orders.suspend().standing().state());
        assertEquals(DeviceState.ACTIVE, orders.resume().standing().state());
        Device revoked = orders.revoke();
        assertEquals(
                "gone", revoked.grant().orElseThrow().revocation().orElseThrow().reason());
        assertFalse(revoked.isConnected());
        assertEquals(DeviceState.ACTIVE, revoked.standing().state());
        assertEquals(DeviceState.RETIRED, orders.retire().standing().state());
        assertEquals(5L, row("version"));
    }

    /** Otherwise a crash in between would leave a broker with a device that it was never told to drop. */
    @Test
    void whatIsDoneAndThatItWasDoneAreOneTransaction() {
        orders.suspend();
        assertEquals("device.suspended", toldWithTheDevice().get("type"));
        Device unused = orders.revoke();
        Map<String, Object> told = toldWithTheDevice();
        assertEquals("device.revoked", told.get("type"));
        assertEquals(TestDevice.person(), told.get("account_id"));
        assertEquals("operator", told.get("actor_kind"));
    }

    private Map<String, Object> toldWithTheDevice() {
        return Database.one(
                "select a.* from audit_event a join device d on a.device_id = d.id and a.xmin = d.xmin where d.id = ?",
                id);
    }

    @Test
    void whatIsNotPossibleInAStateChangesNothing() {
        assertEquals(new DeviceOutcome.NotPossible(DeviceState.ACTIVE), outcome(registry.resume(order)));
        orders.suspend();
        assertEquals(new DeviceOutcome.NotPossible(DeviceState.SUSPENDED), outcome(registry.suspend(order)));
        orders.retire();
        for (var again : List.of(
                registry.resume(order), registry.suspend(order), registry.retire(order), registry.revoke(order))) {
            assertEquals(new DeviceOutcome.NotPossible(DeviceState.RETIRED), outcome(again));
        }
        assertEquals(
                new DeviceOutcome.NotPossible(DeviceState.RETIRED),
                outcome(registry.rename(order, new DeviceName("x"))));
        assertEquals(3L, row("version"));
        assertEquals("Kettle of the kitchen", row("name"));
    }

    @Test
    void revokingWhatIsRevokedIsNotPossible() {
        orders.revoke();
        assertEquals(new DeviceOutcome.NotPossible(DeviceState.ACTIVE), outcome(registry.revoke(order)));
        assertEquals(2L, row("version"));
    }

    @Test
    void anUnknownDeviceIsNotFound() {
        DeviceOrder unknown = DeviceOrder.of(UUID.randomUUID(), OPERATOR, "");
        assertInstanceOf(DeviceOutcome.NotFound.class, outcome(registry.suspend(unknown)));
        assertInstanceOf(DeviceOutcome.NotFound.class, outcome(registry.revoke(unknown)));
    }

    @Test
    void aVersionThatPassedIsRefused() {
        DeviceOrder first = order.ifVersion(1);
        assertInstanceOf(DeviceOutcome.Done.class, outcome(registry.rename(first, new DeviceName("one"))));
        assertEquals(new DeviceOutcome.Changed(2), outcome(registry.rename(first, new DeviceName("two"))));
        assertEquals(new DeviceOutcome.Changed(2), outcome(registry.retire(first)));
        assertEquals(new DeviceOutcome.Changed(2), outcome(registry.revoke(first)));
        assertEquals("one", row("name"));
        assertNull(Database.one("select revoked_at from refresh_token where device_id = ?", id)
                .get("revoked_at"));
    }

    @Test
    void anotherPersonsDeviceIsNotFound() {
        DeviceOrder ben = DeviceOrder.of(id, OrderedBy.owner(account("ben"), "127.0.0.1"), "mine");
        for (var refused :
                List.of(registry.suspend(ben), registry.resume(ben), registry.retire(ben), registry.revoke(ben))) {
            assertInstanceOf(DeviceOutcome.NotFound.class, outcome(refused));
        }
        assertEquals(1L, row("version"));
    }

    @Test
    void whatAnOperatorSuspendedItsOwnerDoesNotResume() {
        DeviceOrder owner = DeviceOrder.of(id, OrderedBy.owner(account(TestClients.PERSON), "127.0.0.1"), "mine");
        assertInstanceOf(DeviceOutcome.Done.class, outcome(registry.suspend(owner)));
        assertInstanceOf(DeviceOutcome.Done.class, outcome(registry.resume(owner)));
        orders.suspend();
        assertEquals(new DeviceOutcome.NotPossible(DeviceState.SUSPENDED), outcome(registry.resume(owner)));
        assertEquals("SUSPENDED", row("state"));
    }

    @Test
    void whatAnOperatorResumedItsOwnerMaySuspendAgain() {
        DeviceOrder owner = DeviceOrder.of(id, OrderedBy.owner(account(TestClients.PERSON), "127.0.0.1"), "mine");
        orders.suspend();
        assertInstanceOf(DeviceOutcome.Done.class, outcome(registry.resume(order)));
        assertInstanceOf(DeviceOutcome.Done.class, outcome(registry.suspend(owner)));
        assertEquals("SUSPENDED", row("state"));
        assertEquals("OWNER", row("state_changed_by"));
        assertInstanceOf(DeviceOutcome.Done.class, outcome(registry.resume(owner)));
    }

    @Test
    void aNameThatAPersonGaveOutlivesWhatTheDeviceSays() {
        assertInstanceOf(DeviceOutcome.Done.class, outcome(registry.rename(order, new DeviceName("Grandmother's"))));
        String unused = approved("Kettle 3000").redeem();
        assertEquals("Grandmother's", row("name"));
    }

    @Test
    void ofManyWhoSuspendAtOnceOneDoes() throws Exception {
        List<DeviceOutcome> outcomes = Concurrently.call(8, () -> outcome(registry.suspend(order)));
        assertEquals(
                1,
                outcomes.stream().filter(DeviceOutcome.Done.class::isInstance).count());
        assertEquals(2L, row("version"));
    }

    @Test
    void theStatusOfTheGrantFollowsTheDevice() {
        Object index = Database.one("select status_index from refresh_token where device_id = ?", id)
                .get("status_index");
        orders.suspend();
        assertEquals(List.of(2), status(index));
        orders.resume();
        assertEquals(List.of(), status(index));
        orders.retire();
        assertEquals(List.of(1), status(index));
    }

    private TestDevice approved(String name) {
        return TestDevice.approved(
                TestClients.DEVICE, "scope", "telemetry:write", "device_serial", serial, "device_name", name);
    }

    private Object row(String column) {
        return Database.one("select * from device where id = ?", id).get(column);
    }

    private static List<Object> status(Object index) {
        return Database.query("select status from token_status where status_index = ?", index).stream()
                .map(row -> row.get("status"))
                .toList();
    }

    private static Account account(String name) {
        return new Account(
                (UUID) Database.one("select id from account where name = ?", name)
                        .get("id"),
                name);
    }

    private static DeviceOutcome outcome(io.smallrye.mutiny.Uni<DeviceOutcome> order) {
        return Orders.await(() -> order);
    }
}
