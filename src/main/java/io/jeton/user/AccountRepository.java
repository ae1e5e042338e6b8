package io.jeton.user;

import io.jeton.database.Rows;
import io.jeton.database.VersionedRow;
import io.jeton.managed.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Table {@code account}. Who changes a row holds it, and who looks for a name before it writes one holds the table's lock. */
@ApplicationScoped
final class AccountRepository {
    private static final String SELECT = "select " + AccountRows.COLUMNS + " from account";
    private static final String BY_NAME = SELECT + " where name = $1";
    private static final String BY_ID = SELECT + " where id = $1";

    private static final String LIST = SELECT + """
             where name > $1 and lower(name) like $2 escape '!'
            order by name limit $3""";

    /** Looked at as it was: what the deletion takes along is still there. */
    private static final String DELETE = """
            with gone as (delete from account where id = $1)
            select count(*) as devices from device where account_id = $1""";

    private final Pool pool;

    AccountRepository(Pool pool) {
        this.pool = pool;
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    Uni<Optional<StoredAccount>> findByName(String name) {
        return pool.preparedQuery(BY_NAME).execute(Tuple.of(name)).map(rows -> Rows.first(rows, AccountRows::stored));
    }

    Uni<Optional<StoredAccount>> find(UUID id) {
        return pool.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> Rows.first(rows, AccountRows::stored));
    }

    /** One more than asked for, where there is more. */
    Uni<List<StoredAccount>> list(Page.Request page) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(page.after(), page.pattern(), page.size() + 1))
                .map(rows -> Rows.all(rows, AccountRows::stored));
    }

    /** The password hashes of those there are, by name. */
    Uni<Map<String, String>> passwordHashes(Collection<String> names) {
        return pool.preparedQuery("select name, password_hash from account where name = any($1)")
                .execute(Tuple.of((Object) names.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> hashes = new HashMap<>();
                    rows.forEach(row -> hashes.put(row.getString("name"), row.getString("password_hash")));
                    return hashes;
                });
    }

    /** One after the other: who looks first and writes then must be alone. */
    Uni<Void> lock(SqlConnection tx) {
        return tx.query("select pg_advisory_xact_lock(hashtext('account'))")
                .execute()
                .replaceWithVoid();
    }

    /** As the transaction sees it. */
    Uni<Optional<StoredAccount>> findByName(SqlConnection tx, String name) {
        return tx.preparedQuery(BY_NAME).execute(Tuple.of(name)).map(rows -> Rows.first(rows, AccountRows::stored));
    }

    Uni<Optional<StoredAccount>> findLocked(SqlConnection tx, UUID id) {
        return tx.preparedQuery(BY_ID + " for no key update")
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, AccountRows::stored));
    }

    /** These, and all that the source declared. */
    Uni<List<StoredAccount>> findLocked(SqlConnection tx, Collection<String> names, String source) {
        return tx.preparedQuery(SELECT + " where name = any($1) or source = $2 for no key update")
                .execute(Tuple.of(names.toArray(String[]::new), source))
                .map(rows -> Rows.all(rows, AccountRows::stored));
    }

    /** Writes an account where it differs from what is there; then with what the database adds to it. */
    Uni<StoredAccount> write(SqlConnection tx, Optional<StoredAccount> present, AccountRow account) {
        if (present.isEmpty()) {
            return AccountRows.row(account).insert(tx).map(AccountRows::stored);
        }
        return present.get().row().equals(account)
                ? Uni.createFrom().item(present.get())
                : AccountRows.row(account).update(tx).map(AccountRows::stored);
    }

    Uni<Void> insert(SqlConnection tx, List<AccountRow> accounts) {
        return VersionedRow.insert(tx, accounts.stream().map(AccountRows::row).toList());
    }

    Uni<Void> update(SqlConnection tx, List<AccountRow> accounts) {
        return VersionedRow.update(tx, accounts.stream().map(AccountRows::row).toList());
    }

    /** Ends every session of these persons; of how many that was. */
    Uni<Integer> endSessions(SqlConnection tx, Collection<UUID> accounts) {
        return accounts.isEmpty()
                ? Uni.createFrom().item(0)
                : tx.preparedQuery("delete from browser_session where account_id = any($1)")
                        .execute(Tuple.of((Object) accounts.toArray(UUID[]::new)))
                        .map(ended -> ended.rowCount());
    }

    /** Deletes an account and all that belongs to it; returns how many devices that were. */
    Uni<Long> deleteWithDevices(SqlConnection tx, UUID id) {
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getLong("devices"));
    }
}
