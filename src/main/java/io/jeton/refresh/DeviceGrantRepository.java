package io.jeton.refresh;

import io.jeton.database.RowCursor;
import io.jeton.protocol.Scopes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads table {@code refresh_token} for an operator. In the order of table {@code device}, whose indexes have a client and
 * an owner: one here would be another to maintain.
 */
@ApplicationScoped
final class DeviceGrantRepository {
    /** So many devices a request looks at: nearly all have a live grant. */
    private static final int SCANNED = 2_000;

    private static final String LIVE =
            "t.revoked_at is null and least(t.idle_expires_at, t.absolute_expires_at) > now()";

    private static final String COLUMNS = """
            t.id, t.device_id, t.account_id, t.client_id, t.scope, t.created_at, t.authenticated_at, t.issued_at,
            t.idle_expires_at, t.absolute_expires_at, t.seen_from, t.key_thumbprint, t.revoked_at, t.revocation_reason,
            t.status_index, %s as live""".formatted(LIVE);

    private final Pool pool;

    DeviceGrantRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<StandingGrant>> find(UUID id) {
        String sql = """
                select %s, d.state = 'SUSPENDED' as suspended
                from refresh_token t join device d on d.id = t.device_id where t.id = $1""".formatted(COLUMNS);
        return pool.preparedQuery(sql).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(grant(row));
            }
            return Optional.empty();
        });
    }

    Uni<Long> countIssued(Instant from, Optional<Instant> until) {
        String sql = """
                select count(*) as issued from refresh_token t
                where t.issued_at >= $1 and ($2::timestamptz is null or t.issued_at < $2) and %s""".formatted(LIVE);
        return pool.preparedQuery(sql)
                .execute(Tuple.of(
                        from.atOffset(ZoneOffset.UTC),
                        until.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)))
                .map(rows -> rows.iterator().next().getLong("issued"));
    }

    Uni<GrantPage> list(GrantSelector selector, Optional<RowCursor> after, int limit) {
        Tuple parameters = Tuple.tuple();
        String conditions = condition("d.id = ", selector.device().orElse(null), parameters)
                + condition("d.account_id = ", selector.account().orElse(null), parameters)
                + condition("d.client_id = ", selector.client().orElse(null), parameters)
                + after.map(cursor -> after(cursor, parameters)).orElse("");
        String sql = """
                with slice as materialized (
                    select d.id, d.state, d.first_seen_at from device d where true%s
                    order by d.first_seen_at desc, d.id desc limit %s),
                hit as (
                    select %s, slice.state = 'SUSPENDED' as suspended, slice.first_seen_at
                    from slice join refresh_token t on t.device_id = slice.id
                    where %s order by slice.first_seen_at desc, slice.id desc limit %s),
                last as (
                    select first_seen_at as scan_at, id as scan_id, (select count(*) from slice)::int as scanned
                    from slice order by first_seen_at, id limit 1)
                select * from last left join hit on true order by first_seen_at desc, device_id desc""".formatted(
                        // In the open: a plan for any limit would not walk along an index.
                        conditions, SCANNED, COLUMNS, LIVE, limit + 1);
        return pool.preparedQuery(sql).execute(parameters).map(rows -> page(rows, limit));
    }

    /** Only what is asked for is in the statement: a plan for whatever may be asked would use no index. */
    private static String condition(String comparison, @Nullable Object value, Tuple parameters) {
        if (value == null) {
            return "";
        }
        parameters.addValue(value);
        return " and " + comparison + "$" + parameters.size();
    }

    private static String after(RowCursor cursor, Tuple parameters) {
        parameters.addValue(cursor.at().atOffset(ZoneOffset.UTC)).addValue(cursor.id());
        return " and (d.first_seen_at, d.id) < ($" + (parameters.size() - 1) + ", $" + parameters.size() + ")";
    }

    private static GrantPage page(RowSet<Row> rows, int limit) {
        List<StandingGrant> grants = new ArrayList<>();
        Optional<RowCursor> shown = Optional.empty();
        Optional<RowCursor> scanned = Optional.empty();
        for (Row row : rows) {
            if (grants.size() == limit) {
                return new GrantPage(grants, shown);
            }
            if (row.getUUID("id") != null) {
                grants.add(grant(row));
                shown = Optional.of(new RowCursor(instant(row, "first_seen_at"), row.getUUID("device_id")));
            }
            if (row.getInteger("scanned") == SCANNED) {
                scanned = Optional.of(new RowCursor(instant(row, "scan_at"), row.getUUID("scan_id")));
            }
        }
        return new GrantPage(grants, scanned);
    }

    private static StandingGrant grant(Row row) {
        OffsetDateTime revoked = row.getOffsetDateTime("revoked_at");
        return new StandingGrant(
                row.getUUID("id"),
                row.getUUID("device_id"),
                Optional.ofNullable(row.getUUID("account_id")),
                row.getString("client_id"),
                Scopes.of(row.getString("scope")),
                new StandingGrant.Times(
                        instant(row, "created_at"),
                        instant(row, "authenticated_at"),
                        instant(row, "issued_at"),
                        instant(row, "idle_expires_at"),
                        instant(row, "absolute_expires_at")),
                Optional.ofNullable(row.getString("seen_from")),
                Optional.ofNullable(row.getString("key_thumbprint")),
                row.getBoolean("live"),
                row.getBoolean("suspended"),
                revoked == null
                        ? Optional.empty()
                        : Optional.of(new StandingGrant.Revocation(
                                revoked.toInstant(),
                                Objects.requireNonNullElse(row.getString("revocation_reason"), ""))),
                row.getLong("status_index"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
