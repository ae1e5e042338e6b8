package io.jeton.device;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The devices of table {@code device} that have a key of their own. */
@ApplicationScoped
final class EnrolledDeviceRepository {
    private static final String FIND = """
            select d.id, d.account_id, d.public_jwk, d.key_thumbprint,
                d.state = 'ACTIVE' and (d.account_id is null
                    or exists (select from account a where a.id = d.account_id and a.enabled)) as active
            from device d where d.key_thumbprint is not null and %s""";

    private final Pool pool;

    EnrolledDeviceRepository(Pool pool) {
        this.pool = pool;
    }

    /** The device of this serial number that was enrolled for the client; the newest, where it was enrolled anew. */
    Uni<Optional<EnrolledDevice>> find(String clientId, String serial) {
        return find(
                pool,
                "d.client_id = $1 and d.serial = $2 order by d.first_seen_at desc limit 1",
                Tuple.of(clientId, serial));
    }

    /** The device as it is now, locked: it may have been suspended since it was found. */
    Uni<Optional<EnrolledDevice>> lock(SqlConnection tx, UUID id) {
        return find(tx, "d.id = $1 for no key update of d", Tuple.of(id));
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    private static Uni<Optional<EnrolledDevice>> find(SqlClient client, String condition, Tuple parameters) {
        return client.preparedQuery(FIND.formatted(condition))
                .execute(parameters)
                .map(EnrolledDeviceRepository::first);
    }

    private static Optional<EnrolledDevice> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(new EnrolledDevice(
                    row.getUUID("id"),
                    Optional.ofNullable(row.getUUID("account_id")),
                    Optional.ofNullable(row.getString("public_jwk")),
                    row.getString("key_thumbprint"),
                    row.getBoolean("active")));
        }
        return Optional.empty();
    }
}
