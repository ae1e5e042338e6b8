package io.jeton.device;

import io.jeton.crypto.MacKey;
import io.jeton.crypto.MacKeys;
import io.jeton.database.Purge;
import io.jeton.database.Rows;
import io.jeton.protocol.Scopes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Table {@code device_authorization}. Time is the database's clock. A user code is stored as a MAC: with 20^8
 * possibilities a hash without a secret would be no protection.
 */
@ApplicationScoped
final class DeviceAuthorizationRepository implements Purge {
    /** For so long a code that comes back late still hears that it expired, and not that nobody knows it. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofHours(1);

    /** A client that counts its interval from sending, not from the answer, is still polite. */
    private static final double TOLERANCE_SECONDS = 1;

    private static final int SLOW_DOWN_SECONDS = 5;

    private final Pool pool;
    private final Supplier<MacKeys> macKeys;

    DeviceAuthorizationRepository(Pool pool, Supplier<MacKeys> macKeys) {
        this.pool = pool;
        this.macKeys = macKeys;
    }

    /** Writes a new request; false where a live one has the same user code: draw another. */
    Uni<Boolean> insert(NewAuthorization authorization) {
        String sql = """
                insert into device_authorization (id, user_code_mac, client_id, scope, device_name, device_serial,
                    device_model, code_challenge, requested_from, interval_seconds, expires_at, key_thumbprint)
                select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(secs => $11), $13
                where not exists (select from device_authorization where user_code_mac = any($12))
                on conflict (user_code_mac) do nothing""";
        AuthorizationRequest request = authorization.request();
        DeviceClaims claims = request.claims();
        Tuple parameters = Tuple.tuple()
                .addUUID(authorization.id())
                .addValue(mac(macKeys.get().active(), authorization.userCode()))
                .addString(request.clientId())
                .addString(request.scopes().toString())
                .addString(claims.name().orElse(null))
                .addString(claims.serial().orElse(null))
                .addString(claims.model().orElse(null))
                .addString(request.codeChallenge().orElse(null))
                .addString(request.from())
                .addInteger((int) authorization.interval().toSeconds())
                .addDouble((double) authorization.lifetime().toSeconds())
                .addValue(macs(authorization.userCode()))
                .addString(request.keyThumbprint().orElse(null));
        return pool.preparedQuery(sql).execute(parameters).map(rows -> rows.rowCount() == 1);
    }

    /**
     * Records a poll and answers with the state: one statement. The first poll is free; one that comes before its
     * interval raises the interval (RFC 8628 §3.5), but only while there is something to wait for.
     */
    Uni<Optional<PolledAuthorization>> poll(UUID id, String clientId) {
        String sql = """
                with prior as (
                    select id, state, expires_at <= now() as expired, code_challenge, key_thumbprint,
                        state = 'PENDING' and now() < last_poll_at
                            + make_interval(secs => interval_seconds - $3) as early
                    from device_authorization where id = $1 and client_id = $2 for no key update)
                update device_authorization d
                set last_poll_at = now(),
                    interval_seconds = interval_seconds + case when prior.early then $4 else 0 end
                from prior where d.id = prior.id
                returning prior.state, prior.expired, coalesce(prior.early, false) as early, prior.code_challenge,
                    prior.key_thumbprint""";
        return pool.preparedQuery(sql)
                .execute(Tuple.of(id, clientId, TOLERANCE_SECONDS, SLOW_DOWN_SECONDS))
                .map(rows -> Rows.first(rows, PolledAuthorization::of));
    }

    /** What waits for a person under this code; nothing where no live request has it. */
    Uni<Optional<PendingAuthorization>> findPending(UserCode code) {
        return find("user_code_mac = any($1)", Tuple.tuple().addValue(macs(code)));
    }

    Uni<Optional<PendingAuthorization>> findPending(UUID id) {
        return find("id = $1", Tuple.of(id));
    }

    /**
     * A person approves.
     *
     * @param authenticatedAt when the person signed in
     * @return false where it was decided before, expired, or the account may not act, or not in so far as it asks for the
     *     admin API
     */
    Uni<Boolean> approve(SqlConnection tx, UUID id, UUID account, Instant authenticatedAt) {
        return decide(tx, "APPROVED", id, account, authenticatedAt);
    }

    /** A person denies; false as with {@link #approve}. */
    Uni<Boolean> deny(SqlConnection tx, UUID id, UUID account, Instant authenticatedAt) {
        return decide(tx, "DENIED", id, account, authenticatedAt);
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /**
     * Consumes an approved code, once: whoever comes second gets nothing, nor does a person who may no longer act. Who takes
     * that right away waits until this has ended, and then finds what it gave. The poll before it has seen that the code has
     * not expired.
     */
    Uni<Optional<ConsumedAuthorization>> consume(SqlConnection tx, UUID id, String clientId) {
        String sql = """
                update device_authorization d set state = 'CONSUMED', consumed_at = now()
                where d.id = $1 and d.client_id = $2 and d.state = 'APPROVED'
                    and exists (select from account a where a.id = d.account_id and a.enabled for share)
                returning d.scope, d.device_name, d.device_serial, d.device_model, d.requested_from, d.account_id,
                    d.authenticated_at, d.device_id, d.refresh_token_id, true as repeatable""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(id, clientId))
                .map(rows -> Rows.first(rows, ConsumedAuthorization::of));
    }

    /** Notes what a consumed code gave. */
    Uni<Void> recordIssued(SqlConnection tx, UUID id, UUID device, Optional<UUID> refreshToken) {
        return tx.preparedQuery("update device_authorization set device_id = $2, refresh_token_id = $3 where id = $1")
                .execute(Tuple.of(id, device, refreshToken.orElse(null)))
                .replaceWithVoid();
    }

    /** What an already consumed code gave, locked, and whether that was lately and to those who may still act. */
    Uni<Optional<ConsumedAuthorization>> findConsumed(SqlConnection tx, UUID id, String clientId, Duration lately) {
        String sql = """
                select d.scope, d.device_name, d.device_serial, d.device_model, d.requested_from, d.account_id,
                    d.authenticated_at, d.device_id, d.refresh_token_id,
                    d.consumed_at > now() - make_interval(secs => $3)
                        and exists (select from account where account.id = d.account_id and enabled)
                        and exists (select from device where device.id = d.device_id and device.state = 'ACTIVE')
                        as repeatable
                from device_authorization d where d.id = $1 and d.client_id = $2 and d.state = 'CONSUMED'
                for no key update""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(id, clientId, (double) lately.toSeconds()))
                .map(rows -> Rows.first(rows, ConsumedAuthorization::of));
    }

    /** How many requests wait for a person. */
    Uni<Long> countPending() {
        return pool.preparedQuery(
                        "select count(*) from device_authorization where state = 'PENDING' and expires_at > now()")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    @Override
    public Uni<Integer> purge(int batch) {
        String sql = """
                delete from device_authorization where id in (select id from device_authorization
                    where expires_at < now() - make_interval(secs => $1) limit $2 for update skip locked)""";
        return pool.preparedQuery(sql)
                .execute(Tuple.of((double) KEPT_AFTER_EXPIRY.toSeconds(), batch))
                .map(RowSet::rowCount);
    }

    private Uni<Optional<PendingAuthorization>> find(String condition, Tuple parameters) {
        String sql = """
                select id, client_id, scope, device_name, device_serial, device_model, requested_from,
                    extract(epoch from now() - created_at)::bigint as age_seconds
                from device_authorization where state = 'PENDING' and expires_at > now() and %s""".formatted(condition);
        return pool.preparedQuery(sql).execute(parameters).map(rows -> Rows.first(rows, PendingAuthorization::of));
    }

    private static Uni<Boolean> decide(SqlConnection tx, String state, UUID id, UUID account, Instant authenticatedAt) {
        String sql = """
                update device_authorization set state = $1, account_id = $3, authenticated_at = $4, decided_at = now()
                where id = $2 and state = 'PENDING' and expires_at > now()
                    and exists (select from account where id = $3 and enabled and ($1 = 'DENIED'
                        or 'admin' = any(string_to_array(roles, ' '))
                        or not string_to_array(scope, ' ') && $5::text[]) for share)""";
        OffsetDateTime at = authenticatedAt.atOffset(ZoneOffset.UTC);
        String[] reserved = Scopes.ADMIN.toArray(String[]::new);
        return tx.preparedQuery(sql)
                .execute(Tuple.of(state, id, account, at, reserved))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Under every secret in force: the code may have been stored just before a rotation. */
    private Buffer[] macs(UserCode code) {
        return macKeys.get().all().stream().map(key -> mac(key, code)).toArray(Buffer[]::new);
    }

    private static Buffer mac(MacKey key, UserCode code) {
        return Buffer.buffer(key.tag("user_code", code.letters().getBytes(StandardCharsets.US_ASCII)));
    }
}
