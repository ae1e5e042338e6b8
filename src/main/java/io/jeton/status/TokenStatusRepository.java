package io.jeton.status;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Table {@code token_status}, which triggers fill by whatever hand a grant ends. */
@ApplicationScoped
final class TokenStatusRepository {
    /** All at once, as bytes: a million rows would be a million objects here. */
    private static final String READ = """
            select (select last_value from refresh_token_status_index_seq) as last,
                coalesce(string_agg(int8send(status_index), ''::bytea) filter (where status = 1), ''::bytea) as invalid,
                coalesce(string_agg(int8send(status_index), ''::bytea) filter (where status = 2), ''::bytea) as suspended
            from token_status""";

    private static final String PURGE = """
            with ended as (select status_index from token_status
                where changed_at < now() - make_interval(secs => $1) order by changed_at limit $2)
            delete from token_status s using ended e
            where s.status_index = e.status_index and s.changed_at < now() - make_interval(secs => $1)""";

    private final Pool pool;

    TokenStatusRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<TokenStatuses> read() {
        return pool.preparedQuery(READ).execute().map(rows -> {
            Row row = rows.iterator().next();
            return TokenStatuses.of(
                    row.getLong("last"), indexes(row.getBuffer("invalid")), indexes(row.getBuffer("suspended")));
        });
    }

    /** Deletes rows that have not changed for so long, some at a time. */
    Uni<Integer> purge(Duration age, int batch) {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of((double) age.toSeconds(), batch))
                .map(deleted -> deleted.rowCount());
    }

    private static LongStream indexes(Buffer bytes) {
        return IntStream.range(0, bytes.length() / Long.BYTES).mapToLong(i -> bytes.getLong(i * Long.BYTES));
    }
}
