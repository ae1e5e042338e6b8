package io.jeton.device.registry;

import io.jeton.database.RowCursor;
import io.jeton.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads table {@code device}, with the grant and the owner of each. Changes nothing. */
@ApplicationScoped
final class DeviceListRepository {
    /** How many rows a request looks at where no index helps. */
    private static final int SCANNED = 10_000;

    private static final String COLUMNS = """
            d.id, d.account_id, a.name as owner, d.client_id, d.name, d.model, d.serial, d.state, d.state_changed_at,
            d.state_changed_by, d.first_seen_at, d.first_seen_from, d.key_thumbprint, d.version, t.scope,
            t.created_at as granted_at, t.issued_at, least(t.idle_expires_at, t.absolute_expires_at) as expires_at,
            t.revoked_at is null and least(t.idle_expires_at, t.absolute_expires_at) > now() as live,
            t.revoked_at, t.revocation_reason, t.status_index, t.seen_from""";

    private static final String JOINS = """
            left join account a on a.id = d.account_id
            left join refresh_token t on t.device_id = d.id""";

    private final Pool pool;

    DeviceListRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<Device>> find(UUID id) {
        return find(pool, id);
    }

    /** As a transaction sees it. */
    Uni<Optional<Device>> find(SqlClient client, UUID id) {
        String sql = "select %s from device d %s where d.id = $1".formatted(COLUMNS, JOINS);
        return client.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> Rows.first(rows, DeviceRow::read));
    }

    /** Those there are, by their ids. */
    Uni<List<Device>> find(List<UUID> ids) {
        String sql = "select %s from device d %s where d.id = any($1) order by d.id".formatted(COLUMNS, JOINS);
        return pool.preparedQuery(sql)
                .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    List<Device> devices = new ArrayList<>();
                    rows.forEach(row -> devices.add(DeviceRow.read(row)));
                    return devices;
                });
    }

    /** The newest first, after a cursor. */
    Uni<DevicePage> list(DeviceSelector selector, Optional<RowCursor> after, int limit) {
        DeviceConditions conditions = DeviceConditions.of(selector);
        after.ifPresent(cursor -> conditions.device("(d.first_seen_at, d.id) < (" + conditions.bind(cursor.at()) + ", "
                + conditions.bind(cursor.id()) + ")"));
        int scanned = selector.asksWhenSeen() ? SCANNED : limit + 1;
        String sql = """
                with slice as materialized (
                    select * from device d where %s order by d.first_seen_at desc, d.id desc limit %s),
                hit as (
                    select %s from slice d %s where %s order by d.first_seen_at desc, d.id desc limit %s),
                last as (
                    select first_seen_at as scan_at, id as scan_id, (select count(*) from slice)::int as scanned
                    from slice order by first_seen_at, id limit 1)
                select * from last left join hit on true order by first_seen_at desc, id desc""".formatted(
                        conditions.ofDevice(),
                        // In the open: a plan for any limit would not walk along an index.
                        scanned,
                        COLUMNS,
                        JOINS,
                        conditions.ofSeen(),
                        limit + 1);
        return pool.preparedQuery(sql).execute(conditions.parameters()).map(rows -> page(rows, limit, scanned));
    }

    private static DevicePage page(RowSet<Row> rows, int limit, int scanLimit) {
        List<Device> devices = new ArrayList<>();
        Optional<RowCursor> next = Optional.empty();
        for (Row row : rows) {
            if (row.getInteger("scanned") == scanLimit) {
                next = Optional.of(
                        new RowCursor(row.getOffsetDateTime("scan_at").toInstant(), row.getUUID("scan_id")));
            }
            if (row.getUUID("id") != null) {
                devices.add(DeviceRow.read(row));
            }
        }
        if (devices.size() > limit) {
            Device last = devices.get(limit - 1);
            return new DevicePage(
                    devices.subList(0, limit),
                    Optional.of(new RowCursor(last.seen().firstAt(), last.id())));
        }
        return new DevicePage(devices, next);
    }
}
