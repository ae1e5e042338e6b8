package io.jeton.client;

import io.jeton.database.Purge;
import io.jeton.database.Rows;
import io.jeton.database.VersionedRow;
import io.jeton.managed.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Table {@code client}. Who changes a row holds it, and who looks before it writes a new one holds the table's lock. */
@ApplicationScoped
final class ClientRepository implements Purge {
    private static final String SELECT = "select " + ClientRows.COLUMNS + " from client";

    private static final String BY_ID = SELECT + " where id = $1";

    private static final String LIST = SELECT + """
             where id > $1 and (lower(id) like $2 escape '!' or lower(name) like $2 escape '!')
            order by id limit $3""";

    /** Looked at as it was: what the deletion takes along is still there. */
    private static final String DELETE = """
            with gone as (delete from client where id = $1)
            select count(*) as devices from device where client_id = $1""";

    private static final String ENDED = "select id from client where former_secret_until < now() limit $1";

    private static final String FORGET = """
            update client set former_secret_hash = null, former_sealed_secret = null, former_secret_until = null
            where former_secret_until < now() and id = any($1)""";

    private final Pool pool;
    private final LifetimeLimits limits;

    ClientRepository(Pool pool, LifetimeLimits limits) {
        this.pool = pool;
        this.limits = limits;
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    Uni<List<Client>> clients() {
        return pool.preparedQuery(SELECT)
                .execute()
                .map(rows -> Rows.all(
                        rows, row -> ClientRows.client(ClientRows.stored(row).row(), limits)));
    }

    Uni<Optional<StoredClient>> find(String id) {
        return isStorable(id)
                ? pool.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> Rows.first(rows, ClientRows::stored))
                : Uni.createFrom().item(Optional.empty());
    }

    /** One more than asked for, where there is more. */
    Uni<List<StoredClient>> list(Page.Request page) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(page.after(), page.pattern(), page.size() + 1))
                .map(rows -> Rows.all(rows, ClientRows::stored));
    }

    /** One after the other: who looks first and writes then must be alone. */
    Uni<Void> lock(SqlConnection tx) {
        return tx.query("select pg_advisory_xact_lock(hashtext('client'))")
                .execute()
                .replaceWithVoid();
    }

    Uni<Optional<StoredClient>> findLocked(SqlConnection tx, String id) {
        return isStorable(id)
                ? tx.preparedQuery(BY_ID + " for no key update")
                        .execute(Tuple.of(id))
                        .map(rows -> Rows.first(rows, ClientRows::stored))
                : Uni.createFrom().item(Optional.empty());
    }

    /** These, and all that the source declared. */
    Uni<List<StoredClient>> findLocked(SqlConnection tx, Collection<String> ids, String source) {
        return tx.preparedQuery(SELECT + " where id = any($1) or source = $2 for no key update")
                .execute(Tuple.of(ids.toArray(String[]::new), source))
                .map(rows -> Rows.all(rows, ClientRows::stored));
    }

    /** Writes a client where it differs from what is there; then with what the database adds to it. */
    Uni<StoredClient> write(SqlConnection tx, Optional<StoredClient> present, ClientRow client) {
        if (present.isEmpty()) {
            return ClientRows.row(client).insert(tx).map(ClientRows::stored);
        }
        return ClientRows.isSame(present.get().row(), client)
                ? Uni.createFrom().item(present.get())
                : ClientRows.row(client).update(tx).map(ClientRows::stored);
    }

    Uni<Void> insert(SqlConnection tx, List<ClientRow> clients) {
        return VersionedRow.insert(tx, clients.stream().map(ClientRows::row).toList());
    }

    Uni<Void> update(SqlConnection tx, List<ClientRow> clients) {
        return VersionedRow.update(tx, clients.stream().map(ClientRows::row).toList());
    }

    /** Deletes a client and all that belongs to it; returns how many devices that were. */
    Uni<Long> deleteWithDevices(SqlConnection tx, String id) {
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getLong("devices"));
    }

    /** Forgets former secrets that count no longer. A look first: every update is told to all replicas. */
    @Override
    public Uni<Integer> purge(int batch) {
        return pool.preparedQuery(ENDED)
                .execute(Tuple.of(batch))
                .map(rows -> Rows.all(rows, row -> row.getString("id")))
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(0)
                        : pool.preparedQuery(FORGET)
                                .execute(Tuple.of((Object) ids.toArray(String[]::new)))
                                .map(forgotten -> forgotten.rowCount()));
    }

    /** PostgreSQL refuses the character that C ends its strings with. */
    private static boolean isStorable(String id) {
        return id.indexOf('\0') < 0;
    }
}
