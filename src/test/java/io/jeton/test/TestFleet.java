package io.jeton.test;

import java.util.UUID;

/** Many devices of a model of their own, which the tests' person approved: by SQL, since a thousand approvals take time. */
public final class TestFleet {
    private final String model = "fleet-" + UUID.randomUUID();

    private TestFleet() {}

    /** Connected devices with the serial numbers b1-model, b2-model and so on. */
    public static TestFleet of(int count) {
        TestFleet fleet = new TestFleet();
        Database.update("""
                insert into device (id, account_id, client_id, serial, model, first_seen_from)
                select gen_random_uuid(), ?, ?, 'b' || n || '-' || ?, ?, '192.0.2.1' from generate_series(1, ?) n""", TestDevice.person(), TestClients.DEVICE, fleet.model, fleet.model, count);
        Database.update("""
                insert into refresh_token (id, client_id, account_id, device_id, scope, authenticated_at, generation,
                    confirmed, retries, issued_at, idle_expires_at, absolute_expires_at, seen_from)
                select gen_random_uuid(), client_id, account_id, id, 'telemetry:write', now(), 1, 0, 0, now(),
                    now() + interval '1 day', now() + interval '9 days', '192.0.2.7'
                from device where model = ?""", fleet.model);
        return fleet;
    }

    /** Gives it to somebody else. */
    public void belongsTo(String account) {
        Database.update("update device set account_id = ?::uuid where model = ?", account, model);
        Database.update("""
                update refresh_token t set account_id = d.account_id from device d
                where d.id = t.device_id and d.model = ?""", model);
    }

    public String model() {
        return model;
    }

    /** The id of the device with the serial number b and this number. */
    public UUID device(int number) {
        return (UUID) Database.one("select id from device where serial = ?", "b" + number + "-" + model)
                .get("id");
    }

    /** How many of its grants have not been ended. */
    public long live() {
        return (long) Database.one("""
                select count(*) from refresh_token t join device d on d.id = t.device_id
                where d.model = ? and t.revoked_at is null""", model).get("count");
    }

    /** How many of its devices fulfil a condition of SQL. */
    public long count(String condition) {
        return (long) Database.one("select count(*) from device where model = ? and " + condition, model)
                .get("count");
    }
}
