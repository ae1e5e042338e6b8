package io.jeton.webhook;

import io.jeton.database.Purge;
import io.jeton.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Table {@code webhook_delivery}. Who takes a delivery has it until its lease ends, alone among all replicas; what he says
 * of it later counts only while nobody has taken it since.
 */
@ApplicationScoped
final class DeliveryRepository implements Purge {
    private static final int KEPT_DAYS = 7;

    private static final String INSERT = """
            insert into webhook_delivery (id, webhook, event_type, claims)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])""";

    private static final String TAKE = """
            with due as (
                select id from webhook_delivery
                where state = 'PENDING' and webhook = $1 and next_attempt_at <= now()
                order by next_attempt_at limit $2 for update skip locked)
            update webhook_delivery d
            set attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => $3)
            from due where d.id = due.id
            returning d.id, d.event_type, d.claims, d.attempts, d.refusals,
                extract(epoch from clock_timestamp() - d.created_at)::bigint as age_seconds""";

    private static final String POSTPONE = """
            update webhook_delivery
            set next_attempt_at = clock_timestamp() + make_interval(secs => $3), refusals = refusals + $4,
                last_answer = $5
            where id = $1 and attempts = $2 and state = 'PENDING'""";

    private static final String END = """
            update webhook_delivery set state = $3, ended_at = clock_timestamp(), last_answer = $4
            where id = $1 and attempts = $2 and state = 'PENDING'""";

    private static final String PURGE = """
            delete from webhook_delivery where id in (select id from webhook_delivery
                where coalesce(ended_at, created_at) < now() - make_interval(days => $1) limit $2
                for update skip locked)""";

    private final Pool pool;

    DeliveryRepository(Pool pool) {
        this.pool = pool;
    }

    /** A delivery to be. */
    record Enqueued(UUID id, String webhook, String event, String claims) {}

    Uni<Void> insert(SqlConnection tx, List<Enqueued> all) {
        Tuple parameters = Tuple.of(
                all.stream().map(Enqueued::id).toArray(UUID[]::new),
                all.stream().map(Enqueued::webhook).toArray(String[]::new),
                all.stream().map(Enqueued::event).toArray(String[]::new),
                all.stream().map(Enqueued::claims).toArray(String[]::new));
        return tx.preparedQuery(INSERT).execute(parameters).replaceWithVoid();
    }

    /** Takes what is due for a receiver, for the time of the lease. */
    Uni<List<Delivery>> take(String webhook, int most, Duration lease) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(webhook, most, (double) lease.toSeconds()))
                .map(rows -> Rows.all(rows, DeliveryRepository::delivery));
    }

    Uni<Boolean> delivered(Delivery delivery, String answer) {
        return end(delivery, "DELIVERED", answer);
    }

    Uni<Boolean> failed(Delivery delivery, String answer) {
        return end(delivery, "FAILED", answer);
    }

    Uni<Boolean> postpone(Delivery delivery, DeliverySchedule.Next.Again again, String answer) {
        Tuple parameters = Tuple.of(
                delivery.id(), delivery.attempts(), again.pause().toMillis() / 1000.0, again.refused() ? 1 : 0, answer);
        return pool.preparedQuery(POSTPONE).execute(parameters).map(rows -> rows.rowCount() == 1);
    }

    /** What ended a week ago, and what waits for a receiver that nobody configures any more. */
    @Override
    public Uni<Integer> purge(int batch) {
        return pool.preparedQuery(PURGE).execute(Tuple.of(KEPT_DAYS, batch)).map(RowSet::rowCount);
    }

    private Uni<Boolean> end(Delivery delivery, String state, String answer) {
        return pool.preparedQuery(END)
                .execute(Tuple.of(delivery.id(), delivery.attempts(), state, answer))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                row.getUUID("id"),
                row.getString("event_type"),
                row.getString("claims"),
                row.getInteger("attempts"),
                row.getInteger("refusals"),
                Duration.ofSeconds(row.getLong("age_seconds")));
    }
}
