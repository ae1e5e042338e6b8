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

    /**
     * Who pays.
     *
     * @param backsOffAt so many failures in a window make the next one longer: what is refused beyond them is taken back
     */
    record Payer(String subject, int backsOffAt) {
        static final int NEVER = Integer.MAX_VALUE;
    }

    /** Counts a guess before it is made: guesses in parallel cannot all see the same rest of a budget. */
    Uni<List<Charge>> charge(List<Payer> payers, Duration window, Duration longest) {
        String sql = """
                insert into guess_budget as b (subject, failures, allowed, window_ends_at)
                select subject, 1, allowed, now() + make_interval(secs => $3)
                from unnest($1::text[], $2::int[]) as payer (subject, allowed) order by subject
                on conflict (subject) do update set
                    allowed = excluded.allowed,
                    failures = case when b.window_ends_at > now() then b.failures + 1 else 1 end,
                    strikes = case when b.window_ends_at > now() then b.strikes
                        when b.failures >= b.allowed then least(b.strikes + 1, 20) else 0 end,
                    window_ends_at = case when b.window_ends_at > now() then b.window_ends_at
                        else now() + make_interval(secs => least($4, $3 * power(2,
                            case when b.failures >= b.allowed then least(b.strikes + 1, 20) else 0 end))) end
                returning subject, failures, window_ends_at,
                    ceil(extract(epoch from window_ends_at - now()))::bigint as seconds_left""";
        Tuple parameters = Tuple.of(
                payers.stream().map(Payer::subject).toArray(String[]::new),
                payers.stream().map(Payer::backsOffAt).toArray(Integer[]::new),
                (double) window.toSeconds(),
                (double) longest.toSeconds());
        return pool.preparedQuery(sql).execute(parameters).map(GuessBudgetRepository::charges);
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

    /** Deletes a batch of what counts no more; returns how many. Whoever exhausted a budget is remembered for a day. */
    @Override
    public Uni<Integer> purge(int batch) {
        String sql = """
                delete from guess_budget where subject in (select subject from guess_budget
                    where window_ends_at < now() - case when failures >= allowed then interval '1 day' else interval '0' end
                    limit $1 for update skip locked)""";
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
