package io.jeton.user;

import io.jeton.database.Purge;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Table {@code guess_budget}: shared by all replicas, so that a guesser gains nothing by going to another one. Rows are
 * always locked in the order of their subjects.
 */
@ApplicationScoped
public final class GuessBudgetRepository implements Purge {
    private final Pool pool;

    GuessBudgetRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * What a subject has spent, this guess included.
     *
     * @param windowEndsAt names the window, so that a refund cannot reach into the next one
     */
    record Charge(String subject, int failures, OffsetDateTime windowEndsAt, Duration left) {}

    /** Counts a guess before it is made: guesses in parallel cannot all see the same rest of a budget. */
    Uni<List<Charge>> charge(List<String> subjects, Duration window) {
        String sql = """
                insert into guess_budget as b (subject, failures, window_ends_at)
                select subject, 1, now() + make_interval(secs => $2) from unnest($1::text[]) subject order by subject
                on conflict (subject) do update set
                    failures = case when b.window_ends_at > now() then b.failures + 1 else 1 end,
                    window_ends_at = case when b.window_ends_at > now() then b.window_ends_at
                        else excluded.window_ends_at end
                returning subject, failures, window_ends_at,
                    ceil(extract(epoch from window_ends_at - now()))::bigint as seconds_left""";
        return pool.preparedQuery(sql)
                .execute(Tuple.of(subjects.toArray(String[]::new), (double) window.toSeconds()))
                .map(GuessBudgetRepository::charges);
    }

    /** Takes a guess back; a subject that has nothing left against it is forgotten. */
    Uni<Void> refund(List<Charge> charges) {
        String sql = """
                with paid as (
                    select b.subject, b.failures from guess_budget b
                        join unnest($1::text[], $2::timestamptz[]) c (subject, window_ends_at)
                            on b.subject = c.subject and b.window_ends_at = c.window_ends_at
                    order by b.subject for update of b),
                forgotten as (
                    delete from guess_budget b using paid where b.subject = paid.subject and paid.failures <= 1)
                update guess_budget b set failures = b.failures - 1
                from paid where b.subject = paid.subject and paid.failures > 1""";
        String[] subjects = charges.stream().map(Charge::subject).toArray(String[]::new);
        OffsetDateTime[] windows = charges.stream().map(Charge::windowEndsAt).toArray(OffsetDateTime[]::new);
        return pool.preparedQuery(sql).execute(Tuple.of(subjects, windows)).replaceWithVoid();
    }

    /** Deletes a batch of what counts no more; returns how many. */
    @Override
    public Uni<Integer> purge(int batch) {
        String sql = """
                delete from guess_budget where subject in (select subject from guess_budget
                    where window_ends_at < now() limit $1 for update skip locked)""";
        return pool.preparedQuery(sql).execute(Tuple.of(batch)).map(RowSet::rowCount);
    }

    private static List<Charge> charges(RowSet<Row> rows) {
        List<Charge> charges = new ArrayList<>();
        for (Row row : rows) {
            charges.add(new Charge(
                    row.getString("subject"),
                    row.getInteger("failures"),
                    row.getOffsetDateTime("window_ends_at"),
                    Duration.ofSeconds(row.getLong("seconds_left"))));
        }
        return charges;
    }
}
