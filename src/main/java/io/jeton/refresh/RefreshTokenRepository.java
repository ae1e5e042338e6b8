package io.jeton.refresh;

import io.jeton.client.AuthMethod;
import io.jeton.client.Client;
import io.jeton.client.Client.RefreshPolicy;
import io.jeton.database.Rows;
import io.jeton.grant.Authorization;
import io.jeton.grant.TokenRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code refresh_token}, one row per device: opened, presented and rotated. Time is the database's clock, one for all
 * replicas.
 */
@ApplicationScoped
final class RefreshTokenRepository {
    static final int FIRST_GENERATION = 1;
    private static final int NEVER_CONFIRMED = 0;

    static final String ROTATE = """
            update refresh_token t
            set confirmed = generation, generation = generation + 1, retries = 0,
                issued_at = clock_timestamp(), idle_expires_at = clock_timestamp() + make_interval(secs => $6),
                seen_from = $7, key_thumbprint = coalesce(key_thumbprint, $8),
                unbound_generation = case when key_thumbprint is null and $8::text is not null then generation
                    else unbound_generation end
            where t.id = $1 and t.generation = $2 and t.client_id = $3
                and (t.key_thumbprint is null or t.key_thumbprint = $4)
                and case when $5::text is not null then string_to_array($5, ' ') <@ string_to_array(t.scope, ' ')
                    else t.scope = '' or string_to_array($9, ' ') && string_to_array(t.scope, ' ') end
                and t.revoked_at is null and t.idle_expires_at > now() and t.absolute_expires_at > now()
                and (t.account_id is null or exists (select from account a where a.id = t.account_id and a.enabled))
                and exists (select from device d where d.id = t.device_id and d.state = 'ACTIVE')
            returning %s""".formatted(RefreshTokenRows.ACTIVE);

    private static final String ISSUE = """
            update refresh_token t set generation = $2, confirmed = $3, retries = $4,
                issued_at = clock_timestamp(), idle_expires_at = clock_timestamp() + make_interval(secs => $5),
                seen_from = $6, key_thumbprint = coalesce(key_thumbprint, $7),
                unbound_generation = case when key_thumbprint is null and $7::text is not null then $2 - 1
                    else unbound_generation end
            where t.id = $1
            returning %s""".formatted(RefreshTokenRows.ACTIVE);

    private static final String INSERT = """
            insert into refresh_token as t (id, client_id, account_id, device_id, scope, authenticated_at,
                key_thumbprint, generation, confirmed, retries, issued_at, idle_expires_at, absolute_expires_at, seen_from,
                void_before)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, clock_timestamp(),
                clock_timestamp() + make_interval(secs => $10), clock_timestamp() + make_interval(secs => $11), $12, $13)
            returning %s""".formatted(RefreshTokenRows.ACTIVE);

    /**
     * Where it was revoked, what was issued until then stays void. Nothing was issued two minutes after the last refresh, nor
     * the repeated answer to a device code: so a device that is granted anew within the second need not wait for the next one.
     */
    private static final String REPLACE = """
            delete from refresh_token where device_id = $1
            returning case when revoked_at is null then void_before
                else least(revoked_at, issued_at + interval '2 minutes') end as void_before""";

    private static final String FIND = """
            select %s, d.state as device_state, d.state_changed_at as device_state_at
            from refresh_token t join device d on d.id = t.device_id
            where t.id = $1 and t.client_id = $2
                and (t.account_id is null or exists (select from account a where a.id = t.account_id and a.enabled))
                and d.state <> 'RETIRED'
            """.formatted(RefreshTokenRows.COLUMNS);

    private static final String LOCK = FIND + "for no key update of t";

    private static final String LOCK_UNUSED = """
            select %s
            from refresh_token t
            where t.id = $1 and t.generation = $2 and t.confirmed = $3 and t.revoked_at is null
            for no key update of t""".formatted(RefreshTokenRows.ACTIVE);

    private final Pool pool;

    RefreshTokenRepository(Pool pool) {
        this.pool = pool;
    }

    /** A token is presented. */
    record Presented(
            UUID id, int generation, Client client, Optional<String> provenKey, Optional<String> scope, String from) {
        /** The key that its successor is bound to, where the row has none. */
        @Nullable
        String bindingKey() {
            return boundKey(client, provenKey);
        }
    }

    /**
     * The hot path, one statement: the token is the newest and all is well with it, so it becomes the confirmed one and
     * the next is issued. Nothing where that is not so; then nothing has changed.
     */
    Uni<Optional<RefreshTokenRow>> rotate(Presented presented, RefreshPolicy policy) {
        Tuple parameters = Tuple.tuple()
                .addUUID(presented.id)
                .addInteger(presented.generation)
                .addString(presented.client.id())
                .addString(presented.provenKey.orElse(null))
                .addString(presented.scope.orElse(null))
                .addDouble((double) policy.idleLifetime().toSeconds())
                .addString(presented.from)
                .addString(presented.bindingKey())
                .addString(presented.client.scopes().toString());
        return pool.preparedQuery(ROTATE).execute(parameters).map(RefreshTokenRows::first);
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /** The row of a client's token, locked; nothing where the token is another client's or its holders may not act. */
    Uni<Optional<RefreshTokenRow>> lock(SqlConnection tx, UUID id, String clientId) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id, clientId)).map(RefreshTokenRows::first);
    }

    /** The row of a client's token; nothing where the token is another client's or its holders may not act. */
    Uni<Optional<RefreshTokenRow>> find(UUID id, String clientId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id, clientId)).map(RefreshTokenRows::first);
    }

    /** Issues another generation, under the row's lock. */
    Uni<RefreshTokenRow> issue(
            SqlConnection tx, Presented presented, Presentation.Issued issued, RefreshPolicy policy) {
        double idle = policy.idleLifetime().toSeconds();
        return tx.preparedQuery(ISSUE)
                .execute(Tuple.tuple()
                        .addUUID(presented.id)
                        .addInteger(issued.generation())
                        .addInteger(issued.confirmed())
                        .addInteger(issued.retries())
                        .addDouble(idle)
                        .addString(presented.from)
                        .addString(presented.bindingKey()))
                .map(rows -> RefreshTokenRows.first(rows).orElseThrow());
    }

    /** Opens a device's row; the one it had before ends here. */
    Uni<RefreshTokenRow> insert(SqlConnection tx, UUID id, Authorization authorization, TokenRequest request) {
        Authorization.Approval approval = authorization.approval().orElseThrow();
        RefreshPolicy policy = authorization.client().refresh();
        Tuple parameters = Tuple.tuple()
                .addUUID(id)
                .addString(authorization.client().id())
                .addUUID(approval.account().orElse(null))
                .addUUID(approval.device())
                .addString(authorization.scopes().toString())
                .addOffsetDateTime(approval.authenticatedAt().atOffset(ZoneOffset.UTC))
                .addString(boundKey(request.client(), request.provenKey()))
                .addInteger(FIRST_GENERATION)
                .addInteger(NEVER_CONFIRMED)
                .addDouble((double) policy.idleLifetime().toSeconds())
                .addDouble((double) policy.absoluteLifetime().toSeconds())
                .addString(request.from());
        return tx.preparedQuery(REPLACE)
                .execute(Tuple.of(approval.device()))
                .map(rows -> Rows.first(rows, row -> Optional.ofNullable(row.getOffsetDateTime("void_before"))))
                .chain(replaced -> tx.preparedQuery(INSERT)
                        .execute(parameters.addOffsetDateTime(
                                replaced.flatMap(Function.identity()).orElse(null))))
                .map(rows -> RefreshTokenRows.first(rows).orElseThrow());
    }

    /** The row of a token that was issued and never came back, locked. */
    Uni<Optional<RefreshTokenRow>> lockUnused(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK_UNUSED)
                .execute(Tuple.of(id, FIRST_GENERATION, NEVER_CONFIRMED))
                .map(RefreshTokenRows::first);
    }

    /** RFC 9449 §5: the token of a client that authenticates is bound to the client already. */
    private static @Nullable String boundKey(Client client, Optional<String> provenKey) {
        return client.authMethod() == AuthMethod.NONE ? provenKey.orElse(null) : null;
    }
}
