package io.jeton.refresh;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The end of rows of table {@code refresh_token}: revoked, whoever orders it, and purged long after. */
@ApplicationScoped
final class GrantEndRepository {
    private static final String PURGE = """
            with slice as (select id from refresh_token where id > $1 order by id limit $2),
            ended as (delete from refresh_token t using slice where t.id = slice.id
                and least(t.idle_expires_at, t.absolute_expires_at, t.revoked_at) < now() - make_interval(days => $3)
                returning t.device_id),
            gone as (delete from device d using ended where d.id = ended.device_id and d.serial is null
                and d.key_thumbprint is null)
            select count(*)::int as rows, max(id::text)::uuid as last from slice""";

    private final Pool pool;

    GrantEndRepository(Pool pool) {
        this.pool = pool;
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /** A row, whosever it is, locked. */
    Uni<Optional<RefreshTokenRow>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery("select %s from refresh_token t where t.id = $1 for no key update"
                        .formatted(RefreshTokenRows.ACTIVE))
                .execute(Tuple.of(id))
                .map(RefreshTokenRows::first);
    }

    /** Whether it ended by this and not before. */
    Uni<Boolean> revoke(SqlConnection tx, UUID id, String reason) {
        return tx.preparedQuery("update refresh_token set revoked_at = now(), revocation_reason = $2"
                        + " where id = $1 and revoked_at is null")
                .execute(Tuple.of(id, reason))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Ends what devices have, in the order of their ids; those where it had not ended before. */
    Uni<Set<UUID>> revokeOf(SqlConnection tx, List<UUID> devices, String reason) {
        String sql = """
                with live as (
                    select id from refresh_token where device_id = any($1) and revoked_at is null
                    order by device_id for no key update)
                update refresh_token t set revoked_at = now(), revocation_reason = $2
                from live where t.id = live.id and t.revoked_at is null
                returning t.device_id""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(devices.toArray(UUID[]::new), reason))
                .map(rows -> {
                    Set<UUID> ended = new HashSet<>();
                    rows.forEach(row -> ended.add(row.getUUID("device_id")));
                    return ended;
                });
    }

    /** The rows a purge looked at: how many, and which was the last, if any. */
    record Slice(int rows, @Nullable UUID last) {}

    /**
     * Deletes what ended more than some days ago among the rows after an id, and with it the device that has neither a
     * serial number nor a key: it cannot come back as the same.
     */
    Uni<Slice> purge(UUID after, int rows, int retentionDays) {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of(after, rows, retentionDays))
                .map(result -> {
                    Row slice = result.iterator().next();
                    return new Slice(slice.getInteger("rows"), slice.getUUID("last"));
                });
    }
}
