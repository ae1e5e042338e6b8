package io.jeton.device;

import io.jeton.database.Rows;
import io.jeton.grant.TokenRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Table {@code device}: a device outlives its tokens, unless it cannot come back as the same. */
@ApplicationScoped
final class DeviceRepository {
    /** As many are looked at in one statement: by the index on first_seen_at, so that their pages are neighbours. */
    static final int SLICE = 10_000;

    private static final OffsetDateTime BEGINNING = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    private static final UUID LEAST = new UUID(0, 0);

    /** An array is looked up by the primary key, whatever the planner thinks of the rest. */
    private static final String PURGE = """
            with slice as (
                select id, first_seen_at, serial is null and key_thumbprint is null as nameless from device
                where (first_seen_at, id) > ($1, $2) and first_seen_at < now() - make_interval(secs => $3)
                order by first_seen_at, id limit %1$d),
            gone as (
                delete from device d
                where d.id = any(array(select id from slice where nameless)) and not d.renamed and d.state <> 'SUSPENDED'
                    and not exists (select from refresh_token t where t.device_id = d.id)
                returning d.id)
            select (select count(*)::int from gone) as deleted, l.first_seen_at, l.id
            from (select 1) one left join (
                select first_seen_at, id from slice order by first_seen_at, id offset %2$d limit 1) l on true
            """.formatted(SLICE, SLICE - 1);

    private final Pool pool;

    DeviceRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * Registers a device that a person approved. One that comes back with its serial number is the same device, under
     * its old id. One that was enrolled with a key is known by it: whoever only claims its serial number is not that device.
     *
     * @return the device's id; nothing where the device is suspended or retired, or its key is not proven
     */
    Uni<Optional<UUID>> register(SqlConnection tx, UUID newId, TokenRequest request, ConsumedAuthorization approved) {
        String sql = """
                insert into device (id, account_id, client_id, name, serial, model, first_seen_from)
                values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (account_id, client_id, serial) do update
                    set name = case when device.renamed then device.name else coalesce(excluded.name, device.name) end,
                        model = coalesce(excluded.model, device.model), version = device.version + 1
                    where device.state = 'ACTIVE' and (device.key_thumbprint is null or device.key_thumbprint = $8)
                returning id""";
        DeviceClaims claims = approved.claims();
        Tuple parameters = Tuple.tuple()
                .addUUID(newId)
                .addUUID(approved.account())
                .addString(request.client().id())
                .addString(claims.name().orElse(null))
                .addString(claims.serial().orElse(null))
                .addString(claims.model().orElse(null))
                .addString(approved.requestedFrom())
                .addString(request.provenKey().orElse(null));
        return tx.preparedQuery(sql).execute(parameters).map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }

    /**
     * The devices that a purge looked at.
     *
     * @param end where the next slice begins; nothing where there are no more
     */
    record Slice(int deleted, Optional<End> end) {
        /** The last device of a slice. */
        record End(OffsetDateTime firstSeenAt, UUID id) {
            static Optional<End> of(Row row) {
                return Optional.ofNullable(row.getOffsetDateTime("first_seen_at"))
                        .map(at -> new End(at, row.getUUID("id")));
            }
        }
    }

    /**
     * Deletes, of the next devices that came longer ago than this, those that nobody meets again: no refresh token, neither a
     * serial number nor a key by which they would come back as the same, and nothing that a person said or ordered of them.
     */
    Uni<Slice> purge(Optional<Slice.End> after, Duration age) {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of(
                        after.map(Slice.End::firstSeenAt).orElse(BEGINNING),
                        after.map(Slice.End::id).orElse(LEAST),
                        (double) age.toSeconds()))
                .map(rows -> rows.iterator().next())
                .map(row -> new Slice(row.getInteger("deleted"), Slice.End.of(row)));
    }
}
