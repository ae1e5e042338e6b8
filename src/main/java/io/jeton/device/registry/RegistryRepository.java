package io.jeton.device.registry;

import io.jeton.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes of one row of table {@code device}, each a conditional update that says what it found. */
@ApplicationScoped
final class RegistryRepository {
    /** The row, locked, so that what the update decides is what was found. */
    private static final String FOUND = """
            with found as (
                select id, state, state_changed_by, version from device
                where id = $1 and ($2::uuid is null or account_id = $2) for no key update),
            done as (
                update device d set %s, version = d.version + 1
                from found f where d.id = f.id and ($3::bigint is null or f.version = $3) and %s
                returning d.id)
            select state, version, exists (select from done) as done from found""";

    /** What an operator suspended, its owner does not resume; what the owner suspended, the operator still may. */
    private static final String SET_STATE = FOUND.formatted(
            "state = $4, state_changed_at = now(), state_changed_by = $5",
            "(f.state = any($6) or ($5 = 'OPERATOR' and f.state = $4 and f.state_changed_by = 'OWNER'))"
                    + " and ($5 = 'OPERATOR' or f.state <> 'SUSPENDED' or f.state_changed_by is distinct from 'OPERATOR')");

    private static final String RENAME = FOUND.formatted("name = $4, renamed = true", "f.state <> 'RETIRED'");

    private static final String TOUCH = FOUND.formatted(
            "state = d.state",
            "exists (select from refresh_token t where t.device_id = f.id and t.revoked_at is null)");

    private final Pool pool;

    RegistryRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * The device an order found.
     *
     * @param done whether the order was carried out
     */
    record Found(DeviceState state, long version, boolean done) {}

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    Uni<Optional<Found>> setState(SqlConnection tx, DeviceOrder order, DeviceState to, DeviceState... from) {
        String[] states = new String[from.length];
        for (int i = 0; i < from.length; i++) {
            states[i] = from[i].name();
        }
        return execute(
                tx,
                SET_STATE,
                parameters(order)
                        .addString(to.name())
                        .addString(order.by().kind().name())
                        .addArrayOfString(states));
    }

    Uni<Optional<Found>> rename(SqlConnection tx, DeviceOrder order, DeviceName name) {
        return execute(tx, RENAME, parameters(order).addString(name.text()));
    }

    /** Where there is something to revoke: nothing of the row changes but its version. */
    Uni<Optional<Found>> touch(SqlConnection tx, DeviceOrder order) {
        return execute(tx, TOUCH, parameters(order));
    }

    private static Tuple parameters(DeviceOrder order) {
        @Nullable UUID owner = order.by().isOwner() ? order.by().account() : null;
        return Tuple.tuple()
                .addUUID(order.device())
                .addUUID(owner)
                .addLong(order.ifVersion().orElse(null));
    }

    private static Uni<Optional<Found>> execute(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> Rows.first(
                        rows,
                        row -> new Found(
                                DeviceState.valueOf(row.getString("state")),
                                row.getLong("version"),
                                row.getBoolean("done"))));
    }
}
