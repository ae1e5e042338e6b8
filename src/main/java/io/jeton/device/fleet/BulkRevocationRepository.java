package io.jeton.device.fleet;

import io.jeton.crypto.Randomness;
import io.jeton.database.Purge;
import io.jeton.database.RowCursor;
import io.jeton.database.Rows;
import io.jeton.device.registry.DeviceConditions;
import io.jeton.device.registry.OrderedBy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Table {@code bulk_revocation}: what is ordered, and its progress. Time is the database's clock. */
@ApplicationScoped
final class BulkRevocationRepository implements Purge {
    private static final int KEPT_DAYS = 365;

    /** By name, as everywhere: a column more in the next version's schema must not change what a prepared statement answers. */
    static final String COLUMNS = "id, action, selector, per_second, reason, ordered_by_kind, ordered_by, ordered_from,"
            + " state, matched, done, created_at, ended_at";

    private static final String MATCHING = """
            from device d left join refresh_token t on t.device_id = d.id
            where %s and %s and %s and %s""";

    private final Pool pool;
    private final Randomness randomness;

    BulkRevocationRepository(Pool pool, Randomness randomness) {
        this.pool = pool;
        this.randomness = randomness;
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    Uni<Long> count(BulkOrder order) {
        DeviceConditions conditions = DeviceConditions.of(order.selector());
        return pool.preparedQuery("select count(*) as matched " + matching(order, conditions))
                .execute(conditions.parameters())
                .map(rows -> rows.iterator().next().getLong("matched"));
    }

    /** Some that match, by id, which is as good as by lot. */
    Uni<List<UUID>> sample(BulkOrder order, int size) {
        DeviceConditions conditions = DeviceConditions.of(order.selector());
        String sql =
                "select d.id %s order by d.id limit %s".formatted(matching(order, conditions), conditions.bind(size));
        return pool.preparedQuery(sql).execute(conditions.parameters()).map(rows -> {
            List<UUID> ids = new ArrayList<>();
            rows.forEach(row -> ids.add(row.getUUID("id")));
            return ids;
        });
    }

    /** Begins, unless more match than that; they are counted at the same instant. */
    Uni<BulkStart> insert(SqlConnection tx, BulkOrder order, OrderedBy by, long atMost) {
        DeviceConditions conditions = DeviceConditions.of(order.selector());
        String sql = """
                with matching as (select count(*) as counted %s),
                begun as (
                    insert into bulk_revocation (id, action, selector, per_second, reason, ordered_by_kind, ordered_by,
                        ordered_from, matched)
                    select %s, %s, %s, %s, %s, %s, %s, %s, counted from matching where counted <= %s
                    returning %s)
                select counted, begun.* from matching left join begun on true""".formatted(
                        matching(order, conditions),
                        conditions.bind(randomness.id()),
                        conditions.bind(order.action().name()),
                        conditions.bind(SelectorJson.write(order.selector())),
                        conditions.bind(order.perSecond()),
                        conditions.bind(order.reason()),
                        conditions.bind(by.kind().name()),
                        conditions.bind(by.id()),
                        conditions.bind(by.from()),
                        conditions.bind(atMost),
                        COLUMNS);
        return tx.preparedQuery(sql)
                .execute(conditions.parameters())
                .map(rows -> started(rows.iterator().next()));
    }

    Uni<Optional<BulkRevocation>> find(UUID id) {
        return pool.preparedQuery("select " + COLUMNS + " from bulk_revocation where id = $1")
                .execute(Tuple.of(id))
                .map(BulkRevocationRepository::first);
    }

    /** The newest first, after a cursor: one more than a page has, where there is more. */
    Uni<List<BulkRevocation>> list(Optional<RowCursor> after, int limit) {
        String sql = """
                select %s from bulk_revocation
                where $1::timestamptz is null or (created_at, id) < ($1, $2)
                order by created_at desc, id desc limit $3""".formatted(COLUMNS);
        Tuple parameters = Tuple.of(
                after.map(cursor -> cursor.at().atOffset(ZoneOffset.UTC)).orElse(null),
                after.map(RowCursor::id).orElse(null),
                limit);
        return pool.preparedQuery(sql).execute(parameters).map(rows -> {
            List<BulkRevocation> all = new ArrayList<>();
            rows.forEach(row -> all.add(read(row)));
            return all;
        });
    }

    /** Waits for the batch that is under way, and lets nobody begin another where it shall not go on. */
    Uni<Optional<BulkRevocation>> setState(SqlConnection tx, UUID id, BulkState to, BulkState... from) {
        String sql = """
                update bulk_revocation set state = $2, leased_by = null, leased_until = null, paid_until = now(),
                    ended_at = case when $2 = 'CANCELLED' then now() end
                where id = $1 and state = any($3)
                returning %s""".formatted(COLUMNS);
        String[] states = Stream.of(from).map(BulkState::name).toArray(String[]::new);
        return tx.preparedQuery(sql)
                .execute(Tuple.tuple().addUUID(id).addString(to.name()).addArrayOfString(states))
                .map(BulkRevocationRepository::first);
    }

    @Override
    public Uni<Integer> purge(int batch) {
        String sql = """
                delete from bulk_revocation where id in (select id from bulk_revocation
                    where ended_at < now() - make_interval(days => $1) limit $2 for update skip locked)""";
        return pool.preparedQuery(sql).execute(Tuple.of(KEPT_DAYS, batch)).map(RowSet::rowCount);
    }

    private static String matching(BulkOrder order, DeviceConditions conditions) {
        return MATCHING.formatted(
                conditions.ofDevice(),
                conditions.ofSeen(),
                order.action().ofDevice(),
                order.action().ofGrant());
    }

    private static BulkStart started(Row row) {
        return row.getUUID("id") == null
                ? new BulkStart.TooMany(row.getLong("counted"))
                : new BulkStart.Begun(read(row));
    }

    static BulkRevocation read(Row row) {
        return new BulkRevocation(
                row.getUUID("id"),
                new BulkOrder(
                        SelectorJson.read(row.get(JsonObject.class, "selector")),
                        BulkAction.valueOf(row.getString("action")),
                        row.getInteger("per_second"),
                        row.getString("reason")),
                new OrderedBy(
                        OrderedBy.Kind.valueOf(row.getString("ordered_by_kind")),
                        row.getString("ordered_by"),
                        row.getString("ordered_from")),
                BulkState.valueOf(row.getString("state")),
                row.getLong("matched"),
                row.getLong("done"),
                row.getOffsetDateTime("created_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("ended_at")).map(OffsetDateTime::toInstant));
    }

    private static Optional<BulkRevocation> first(RowSet<Row> rows) {
        return Rows.first(rows, BulkRevocationRepository::read);
    }
}
