package io.jeton.user;

import io.jeton.crypto.Randomness;
import io.jeton.database.Purge;
import io.jeton.database.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Table {@code browser_session}. Time is the database's clock. */
@ApplicationScoped
public final class BrowserSessionRepository implements Purge {
    private final Pool pool;
    private final Randomness randomness;
    private final SessionConfig config;

    BrowserSessionRepository(Pool pool, Randomness randomness, SessionConfig config) {
        this.pool = pool;
        this.randomness = randomness;
        this.config = config;
    }

    /**
     * A new session under a new id: what a browser had before the sign-in is worth nothing after it. None where the password
     * that was compared is another one by now, or the account is disabled or gone.
     */
    Uni<Optional<BrowserSession>> start(AccountRow account) {
        String sql = """
                insert into browser_session (id, account_id, authenticated_at, expires_at)
                select $1, a.id, now(), now() + make_interval(secs => $3)
                from account a where a.id = $2 and a.enabled and a.password_hash = $4 for share
                returning id, account_id, $5::text as name, $6::text as roles, authenticated_at""";
        Tuple parameters = Tuple.of(
                randomness.id(),
                account.id(),
                (double) config.lifetime().toSeconds(),
                account.passwordHash(),
                account.name(),
                String.join(" ", account.account().roles()));
        return pool.preparedQuery(sql).execute(parameters).map(BrowserSessionRepository::first);
    }

    /** A session that lasts and whose account may still act. */
    Uni<Optional<BrowserSession>> find(UUID id) {
        String sql = """
                select s.id, s.account_id, a.name, a.roles, s.authenticated_at
                from browser_session s join account a on a.id = s.account_id
                where s.id = $1 and s.expires_at > now() and a.enabled""";
        return pool.preparedQuery(sql).execute(Tuple.of(id)).map(BrowserSessionRepository::first);
    }

    Uni<Void> end(UUID id) {
        return pool.preparedQuery("delete from browser_session where id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** Ends every session of an account; how many there were. */
    Uni<Integer> endAll(UUID account) {
        return pool.preparedQuery("delete from browser_session where account_id = $1 and expires_at > now()")
                .execute(Tuple.of(account))
                .map(RowSet::rowCount);
    }

    /** Deletes a batch of what expired; returns how many. */
    @Override
    public Uni<Integer> purge(int batch) {
        String sql = """
                delete from browser_session where id in (select id from browser_session
                    where expires_at < now() limit $1 for update skip locked)""";
        return pool.preparedQuery(sql).execute(Tuple.of(batch)).map(RowSet::rowCount);
    }

    private static Optional<BrowserSession> first(RowSet<Row> rows) {
        return Rows.first(rows, BrowserSessionRepository::session);
    }

    private static BrowserSession session(Row row) {
        return new BrowserSession(
                row.getUUID("id"),
                new Account(
                        row.getUUID("account_id"), row.getString("name"), AccountRows.roles(row.getString("roles"))),
                row.getOffsetDateTime("authenticated_at").toInstant());
    }
}
