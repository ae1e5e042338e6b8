package io.jeton.device.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.database.RowCursor;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class DeviceListTest {
    private static final int COUNT = 25;

    @Inject
    DeviceRegistry registry;

    private String model;
    private Instant start;

    /** 25 devices, of which every fifth is suspended; the first ten have a grant, refreshed an hour apart. */
    @BeforeEach
    void aFleet() {
        model = "model-" + UUID.randomUUID();
        start = Instant.parse("2020-01-01T00:00:00Z");
        Database.update("""
                insert into device (id, account_id, client_id, serial, model, state, first_seen_at, first_seen_from)
                select gen_random_uuid(), ?, ?, ? || lpad(n::text, 3, '0'), ?,
                    case when n % 5 = 0 then 'SUSPENDED' else 'ACTIVE' end,
                    timestamptz '2020-01-01 00:00Z' + n / 2 * interval '1 minute', '192.0.2.1'
                from generate_series(1, 25) n""", TestDevice.person(), TestClients.DEVICE, model, model);
        Database.update("""
                insert into refresh_token (id, client_id, account_id, device_id, scope, authenticated_at, generation,
                    confirmed, retries, issued_at, idle_expires_at, absolute_expires_at, seen_from)
                select gen_random_uuid(), client_id, account_id, id, 'openid', now(), 1, 0, 0,
                    timestamptz '2021-01-01 00:00Z' + substr(serial, length(serial) - 2)::int * interval '1 hour',
                    now() + interval '1 day', now() + interval '9 days', '192.0.2.7'
                from device where model = ? and serial <= model || '010'""", model);
    }

    @Test
    void pagesHaveEveryDeviceOnceTheNewestFirst() {
        List<Device> all = all(DeviceSelector.ALL.model(model), 4);
        assertEquals(COUNT, all.size());
        assertEquals(COUNT, new HashSet<>(all.stream().map(Device::id).toList()).size());
        for (int i = 1; i < COUNT; i++) {
            assertFalse(
                    all.get(i).seen().firstAt().isAfter(all.get(i - 1).seen().firstAt()));
        }
    }

    @Test
    void whatComesWhileSomebodyTurnsPagesDisplacesNothing() {
        DeviceSelector selector = DeviceSelector.ALL.model(model);
        DevicePage first = page(selector, Optional.empty(), 10);
        Database.update(
                "delete from device where id = ?", first.devices().get(9).id());
        Database.update("""
                insert into device (id, client_id, model, first_seen_from) values (gen_random_uuid(), ?, ?, '')""", TestClients.DEVICE, model);
        DevicePage second = page(selector, first.next(), 100);
        assertEquals(COUNT - 10, second.devices().size());
        assertTrue(second.next().isEmpty());
    }

    @Test
    void everyFilterSelects() {
        DeviceSelector fleet = DeviceSelector.ALL.model(model);
        assertEquals(5, all(fleet.state(DeviceState.SUSPENDED), 3).size());
        assertEquals(20, all(fleet.state(DeviceState.ACTIVE), 3).size());
        assertEquals(COUNT, all(fleet.client(TestClients.DEVICE), 100).size());
        assertEquals(0, all(fleet.client(TestClients.OTHER_DEVICE), 100).size());
        assertEquals(COUNT, all(fleet.owner(TestDevice.person()), 100).size());
        assertEquals(0, all(fleet.owner(UUID.randomUUID()), 100).size());
        assertEquals(1, all(DeviceSelector.ALL.serial(model + "007"), 10).size());
        assertEquals(9, all(DeviceSelector.ALL.serialPrefix(model + "00"), 4).size());
        assertEquals(0, all(fleet.serialPrefix(model + "%"), 4).size());
    }

    @Test
    void whenADeviceWasSeenLastIsItsNewestTokenOrItsFirstDay() {
        DeviceSelector fleet = DeviceSelector.ALL.model(model);
        Instant refreshed = Instant.parse("2021-01-01T00:00:00Z");
        assertEquals(10, all(fleet.seenAfter(refreshed), 3).size());
        assertEquals(15, all(fleet.seenBefore(refreshed), 3).size());
        assertEquals(
                3, all(fleet.seenAfter(refreshed.plus(Duration.ofHours(8))), 10).size());
        assertEquals(
                1,
                all(fleet.seenAfter(start).seenBefore(start.plusSeconds(360)), 10)
                        .size());
        Device seen = all(DeviceSelector.ALL.serial(model + "010"), 1).get(0);
        assertEquals(refreshed.plus(Duration.ofHours(10)), seen.seen().lastAt());
        assertEquals("192.0.2.7", seen.seen().lastFrom());
        assertEquals("192.0.2.1", seen.seen().firstFrom());
    }

    @Test
    void aRequestLooksAtSoManyRowsAndThePageSaysWhereToGoOn() {
        Database.update("""
                insert into device (id, client_id, model, first_seen_at, first_seen_from)
                select gen_random_uuid(), ?, ?, now(), '' from generate_series(1, 10100)""", TestClients.DEVICE, model);
        DeviceSelector quiet = DeviceSelector.ALL.model(model).seenBefore(start.plusSeconds(360));
        DevicePage page = page(quiet, Optional.empty(), 10);
        assertEquals(List.of(), page.devices());
        assertEquals(1, page(quiet, page.next(), 10).devices().size());
        Database.update("delete from device where model = ?", model);
    }

    @Test
    void aCursorIsReadAsItWasWritten() {
        RowCursor cursor = new RowCursor(start.plusNanos(123_456_000), UUID.randomUUID());
        assertEquals(Optional.of(cursor), RowCursor.parse(cursor.toString()));
        for (String bad : List.of("", "x", "AAAA", "%", "A".repeat(33), "_".repeat(32), "-".repeat(32) + "x")) {
            assertEquals(Optional.empty(), RowCursor.parse(bad), bad);
        }
    }

    @Test
    void theFirstTextAfterAPrefixIsFound() {
        assertEquals("b", DeviceConditions.endOf("a"));
        assertEquals("SN-1", DeviceConditions.endOf("SN-0"));
        assertEquals("\uE000", DeviceConditions.endOf("\uD7FF"));
        String greatest = Character.toString(Character.MAX_CODE_POINT);
        assertEquals("b", DeviceConditions.endOf("a" + greatest));
        assertEquals("", DeviceConditions.endOf(greatest));
    }

    private List<Device> all(DeviceSelector selector, int limit) {
        List<Device> all = new ArrayList<>();
        Optional<RowCursor> next = Optional.empty();
        do {
            DevicePage page = page(selector, next, limit);
            all.addAll(page.devices());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    private DevicePage page(DeviceSelector selector, Optional<RowCursor> after, int limit) {
        return Orders.await(() -> registry.list(selector, after, limit));
    }
}
