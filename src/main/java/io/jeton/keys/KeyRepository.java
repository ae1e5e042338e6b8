package io.jeton.keys;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Table {@code signing_key}. Every change is conditional on the state it starts from. */
@ApplicationScoped
final class KeyRepository {
    /** Held by whoever changes keys, until its transaction ends. */
    private static final long ROTATION_LOCK = 0x6a65746f6eL;

    private final Pool pool;

    KeyRepository(Pool pool) {
        this.pool = pool;
    }

    /** All keys, and the time on the database's clock. */
    record Snapshot(Instant now, List<StoredKey> keys) {
        Snapshot without(String kid) {
            return new Snapshot(
                    now, keys.stream().filter(key -> !key.kid().equals(kid)).toList());
        }

        boolean has(String kid) {
            return find(kid).isPresent();
        }

        Optional<StoredKey> find(String kid) {
            return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
        }

        List<KeyTimes> of(KeyAlgorithm algorithm) {
            return keys.stream()
                    .map(StoredKey::times)
                    .filter(times -> times.algorithm() == algorithm)
                    .toList();
        }
    }

    Uni<Snapshot> read() {
        return read(pool);
    }

    /** Reads what there is and changes it, alone among all replicas. */
    Uni<Void> rotate(Function<Snapshot, Function<SqlConnection, Uni<Void>>> change) {
        return pool.withTransaction(tx -> tx.preparedQuery("select pg_advisory_xact_lock($1)")
                .execute(Tuple.of(ROTATION_LOCK))
                .chain(locked -> read(tx))
                .chain(snapshot -> change.apply(snapshot).apply(tx)));
    }

    Uni<Void> insert(SqlConnection tx, NewKey key, KeyState state) {
        String sql = """
                insert into signing_key
                    (kid, algorithm, state, mac_version, public_jwk, sealed_private, custody, activated_at)
                values ($1, $2, $3,
                    case when $2 = 'HMAC' then (select min(v) from generate_series(0, 255) v
                        where v not in (select mac_version from signing_key where mac_version is not null)) end,
                    $4, $5, $6, case when $3 = 'ACTIVE' then now() end)""";
        return execute(
                tx,
                sql,
                Tuple.of(
                        key.kid(),
                        key.algorithm().value(),
                        state.name(),
                        key.publicJwk(),
                        Buffer.buffer(key.sealedSecret()),
                        key.custody().name()));
    }

    Uni<Void> activate(SqlConnection tx, String kid) {
        return execute(
                tx,
                "update signing_key set state = 'ACTIVE', activated_at = now() where kid = $1 and state = 'PENDING'",
                Tuple.of(kid));
    }

    Uni<Void> retire(SqlConnection tx, String kid, Instant retainedUntil) {
        return execute(
                tx,
                "update signing_key set state = 'RETIRED', retired_at = now(), retained_until = $2"
                        + " where kid = $1 and state = 'ACTIVE'",
                Tuple.of(kid, retainedUntil.atOffset(ZoneOffset.UTC)));
    }

    Uni<Void> delete(SqlConnection tx, String kid) {
        return execute(tx, "delete from signing_key where kid = $1 and state = 'RETIRED'", Tuple.of(kid));
    }

    Uni<Void> remove(SqlConnection tx, String kid) {
        return execute(tx, "delete from signing_key where kid = $1", Tuple.of(kid));
    }

    private static Uni<Void> execute(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    private static Uni<Snapshot> read(SqlClient client) {
        String sql = """
                select clock_timestamp() as read_at, kid, algorithm, state, mac_version, public_jwk, sealed_private,
                    custody, published_at, activated_at, retired_at, retained_until
                from (select) always left join signing_key on true order by algorithm, published_at, kid""";
        return client.preparedQuery(sql).execute().map(KeyRepository::snapshot);
    }

    private static Snapshot snapshot(RowSet<Row> rows) {
        List<StoredKey> keys = new ArrayList<>();
        Instant now = Instant.EPOCH;
        for (Row row : rows) {
            now = row.getOffsetDateTime("read_at").toInstant();
            if (row.getString("kid") != null) {
                keys.add(key(row));
            }
        }
        return new Snapshot(now, keys);
    }

    private static StoredKey key(Row row) {
        KeyTimes times = new KeyTimes(
                row.getString("kid"),
                KeyAlgorithm.of(row.getString("algorithm")),
                KeyState.valueOf(row.getString("state")),
                row.getOffsetDateTime("published_at").toInstant(),
                instant(row.getOffsetDateTime("activated_at")),
                instant(row.getOffsetDateTime("retained_until")));
        Short macVersion = row.getShort("mac_version");
        return new StoredKey(
                times,
                Custody.valueOf(row.getString("custody")),
                instant(row.getOffsetDateTime("retired_at")),
                macVersion == null ? null : macVersion.intValue(),
                row.getString("public_jwk"),
                row.getBuffer("sealed_private").getBytes());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
