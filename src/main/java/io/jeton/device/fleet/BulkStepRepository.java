package io.jeton.device.fleet;

import io.jeton.database.Rows;
import io.jeton.device.registry.DeviceConditions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One batch of a bulk revocation: progress and what is done to the devices are one transaction. */
@ApplicationScoped
final class BulkStepRepository {
    /** How many devices a batch touches at the most: whoever waits for one of their rows waits a moment. */
    private static final int BATCH = 200;

    /** How many it looks at. */
    private static final int SCANNED = 5000;

    /** Whoever comes first works on it until the lease has run out. A revocation that is ahead of its rate waits. */
    private static final String LEASE = """
            update bulk_revocation set leased_by = $1, leased_until = now() + make_interval(secs => $2)
            where id = (
                select id from bulk_revocation
                where state = 'RUNNING' and (leased_by = $1 or leased_until is null or leased_until < now())
                    and paid_until + make_interval(secs => 1.0 / per_second) <= now()
                order by paid_until limit 1 for update skip locked)
            returning %s, greatest(1, least($3, floor(per_second
                * extract(epoch from now() - greatest(paid_until, now() - interval '1 second')))))::int as allowance""".formatted(BulkRevocationRepository.COLUMNS);

    private static final String HOLD = """
            select after_id from bulk_revocation
            where id = $1 and leased_by = $2 and state = 'RUNNING' for no key update""";

    private static final String ADVANCE = """
            update bulk_revocation set done = done + $2, after_id = coalesce($3, after_id),
                paid_until = greatest(paid_until, now() - interval '1 second')
                    + make_interval(secs => $2::float8 / per_second),
                leased_until = now() + make_interval(secs => $4),
                state = case when $5 then 'DONE' else state end, ended_at = case when $5 then now() end
            where id = $1
            returning %s""".formatted(BulkRevocationRepository.COLUMNS);

    private static final String SET_STATE = """
            with hit as (select id from device where id = any($1) order by id for no key update)
            update device d set state = $2, state_changed_at = now(), state_changed_by = 'OPERATOR',
                version = d.version + 1
            from hit where d.id = hit.id and %s
            returning d.id, d.client_id""";

    /** The grants ended before, in the same transaction. */
    private static final String TOUCH = """
            update device d set version = d.version + 1 where id = any($1) returning d.id, d.client_id""";

    private final Pool pool;

    BulkStepRepository(Pool pool) {
        this.pool = pool;
    }

    /** @param allowance how many devices the rate leaves for the next batch */
    record Leased(BulkRevocation revocation, int allowance) {}

    /**
     * What a batch looked at.
     *
     * @param hits the devices there is something to do to
     * @param last the last device that was looked at; null where there was none
     * @param end whether there is nothing behind it
     */
    record Slice(List<UUID> hits, @Nullable UUID last, boolean end) {}

    Uni<Optional<Leased>> lease(UUID worker, Duration lease) {
        return pool.preparedQuery(LEASE)
                .execute(Tuple.of(worker, (double) lease.toMillis() / 1000, BATCH))
                .map(rows -> Rows.first(
                        rows, row -> new Leased(BulkRevocationRepository.read(row), row.getInteger("allowance"))));
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /** Where it had come to, locked; nothing where it is no more this worker's, or shall not go on. */
    Uni<Optional<UUID>> hold(SqlConnection tx, UUID id, UUID worker) {
        return tx.preparedQuery(HOLD)
                .execute(Tuple.of(id, worker))
                .map(rows -> Rows.first(rows, row -> row.getUUID("after_id")));
    }

    /** The devices behind an id, in the order of their ids, which no change of theirs changes. */
    Uni<Slice> slice(SqlConnection tx, Leased leased, UUID after) {
        BulkOrder order = leased.revocation().order();
        DeviceConditions conditions = DeviceConditions.of(order.selector());
        conditions.device("d.id > ", after);
        conditions.device("d.first_seen_at <= ", leased.revocation().startedAt());
        String sql = """
                with slice as materialized (select * from device d where %s and %s order by d.id limit %s)
                select d.id, (%s and %s) as hit from slice d left join refresh_token t on t.device_id = d.id
                order by d.id""".formatted(
                        conditions.ofDevice(),
                        order.action().ofDevice(),
                        SCANNED,
                        conditions.ofSeen(),
                        order.action().ofGrant());
        return tx.preparedQuery(sql)
                .execute(conditions.parameters())
                .map(rows -> Slices.read(rows, leased.allowance(), SCANNED));
    }

    /** Suspends or retires; the devices it was done to, with their clients. */
    Uni<Map<UUID, String>> setState(SqlConnection tx, BulkAction action, List<UUID> devices) {
        String state = action == BulkAction.SUSPEND ? "SUSPENDED" : "RETIRED";
        return tx.preparedQuery(SET_STATE.formatted(action.ofDevice()))
                .execute(Tuple.tuple()
                        .addArrayOfUUID(devices.toArray(UUID[]::new))
                        .addString(state))
                .map(BulkStepRepository::clients);
    }

    /** Locks devices before their grants, as whoever changes one of them does. */
    Uni<Void> lock(SqlConnection tx, List<UUID> devices) {
        return tx.preparedQuery("select id from device where id = any($1) order by id for no key update")
                .execute(Tuple.tuple().addArrayOfUUID(devices.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Map<UUID, String>> touch(SqlConnection tx, Set<UUID> devices) {
        return tx.preparedQuery(TOUCH)
                .execute(Tuple.tuple().addArrayOfUUID(devices.toArray(UUID[]::new)))
                .map(BulkStepRepository::clients);
    }

    Uni<BulkRevocation> advance(SqlConnection tx, UUID id, int done, Slice slice, Duration lease) {
        return tx.preparedQuery(ADVANCE)
                .execute(Tuple.of(id, done, slice.last(), (double) lease.toMillis() / 1000, slice.end()))
                .map(rows -> BulkRevocationRepository.read(rows.iterator().next()));
    }

    private static Map<UUID, String> clients(Iterable<Row> rows) {
        Map<UUID, String> clients = new HashMap<>();
        rows.forEach(row -> clients.put(row.getUUID("id"), row.getString("client_id")));
        return clients;
    }
}
