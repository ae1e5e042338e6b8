package io.jeton.token;

import io.jeton.database.Purge;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/** What the database knows against access tokens: table {@code revoked_token}, and the grants they came from. */
@ApplicationScoped
final class AccessTokenRepository implements Purge {
    /** {@code iat} is our clock's, the grant's instants are the database's. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final Pool pool;

    AccessTokenRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * Whether nobody took it back, and its device, its person and the grant that it came from may still act: what opens the
     * admin API counts for as long as its person, where there is one, is an administrator.
     */
    Uni<Boolean> isLive(AccessToken token) {
        String sql = """
                select not exists (select from revoked_token where jti = $1)
                    and ($2::uuid is null or exists (
                        select from device d
                            left join account a on a.id = d.account_id
                            left join refresh_token t on t.device_id = d.id
                        where d.id = $2 and d.state = 'ACTIVE' and coalesce(a.enabled, true) and t.revoked_at is null
                            and coalesce(t.created_at, $3) <= $3 + make_interval(secs => $4)
                            and coalesce(t.void_before < $3, true)
                            and (not $5 or a.id is null or 'admin' = any(string_to_array(a.roles, ' '))))) as live""";
        return pool.preparedQuery(sql)
                .execute(Tuple.of(
                        token.id(),
                        token.device().orElse(null),
                        token.issuedAt().atOffset(ZoneOffset.UTC),
                        (double) SKEW.toSeconds(),
                        token.scopes().openAdministration()))
                .map(rows -> rows.iterator().next().getBoolean("live"));
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /** Takes one token back, and no other (RFC 7009 §2.1); false where it was taken back before. */
    Uni<Boolean> revoke(SqlConnection tx, AccessToken token) {
        return tx.preparedQuery("insert into revoked_token (jti, expires_at) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(token.id(), token.expiresAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Takes a token back of which nobody knows when it expires; false where it was taken back before. */
    Uni<Boolean> revoke(SqlConnection tx, String jti, Duration longestLife) {
        String sql = """
                insert into revoked_token (jti, expires_at) values ($1, now() + make_interval(secs => $2))
                on conflict do nothing""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(jti, (double) longestLife.plus(SKEW).toSeconds()))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<Instant>> revokedUntil(String jti) {
        return pool.preparedQuery("select expires_at from revoked_token where jti = $1")
                .execute(Tuple.of(jti))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(row.getOffsetDateTime("expires_at").toInstant());
                    }
                    return Optional.empty();
                });
    }

    /** An hour late, whatever the clocks say: a token that is forgotten here must have expired everywhere. */
    @Override
    public Uni<Integer> purge(int batch) {
        String sql = """
                delete from revoked_token where jti in (select jti from revoked_token
                    where expires_at < now() - interval '1 hour' limit $1 for update skip locked)""";
        return pool.preparedQuery(sql).execute(Tuple.of(batch)).map(RowSet::rowCount);
    }
}
