package io.jeton.device.fleet;

import io.jeton.database.Rows;
import io.jeton.device.registry.DeviceState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Table {@code device}, as far as devices are enrolled in it. */
@ApplicationScoped
final class EnrolmentRepository {
    private static final String ENROLLED = """
            select d.id, d.client_id, d.account_id, coalesce(a.enabled, true) as owner_may_act, d.serial, d.state,
                d.key_thumbprint, d.public_jwk
            from device d left join account a on a.id = d.account_id
            where d.key_thumbprint is not null and %s""";

    private static final String KNOWN = """
            select d.client_id, d.serial, d.model, d.name, d.renamed, d.state, d.key_thumbprint, d.account_id
            from device d where d.key_thumbprint = any($1)
            union
            select d.client_id, d.serial, d.model, d.name, d.renamed, d.state, d.key_thumbprint, d.account_id
            from device d where d.client_id = $2 and d.serial collate "C" = any($3)""";

    private static final String INSERT = """
            insert into device (id, account_id, client_id, name, serial, model, public_jwk, key_thumbprint, first_seen_from)
            select id, account_id, $1, name, serial, model, public_jwk, key_thumbprint, $2
            from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
                as line (id, account_id, name, serial, model, public_jwk, key_thumbprint)
            on conflict do nothing returning key_thumbprint""";

    private final Pool pool;

    EnrolmentRepository(Pool pool) {
        this.pool = pool;
    }

    /** A device there is already. */
    record Known(
            String clientId,
            @Nullable String serial,
            @Nullable String model,
            @Nullable String name,
            boolean renamed,
            DeviceState state,
            @Nullable String keyThumbprint,
            @Nullable UUID owner) {}

    Uni<Optional<EnrolledDevice>> findByKey(String thumbprint) {
        return find(ENROLLED.formatted("d.key_thumbprint = $1"), Tuple.of(thumbprint));
    }

    Uni<Optional<EnrolledDevice>> find(String clientId, String serial) {
        return find(ENROLLED.formatted("d.client_id = $1 and d.serial = $2"), Tuple.of(clientId, serial));
    }

    /** Does something with a device as it is now, while nobody else changes it. */
    <T> Uni<T> whileLocked(UUID id, BiFunction<SqlConnection, Optional<EnrolledDevice>, Uni<T>> work) {
        String sql = ENROLLED.formatted("d.id = $1") + " for no key update of d";
        return pool.withTransaction(tx -> find(tx, sql, Tuple.of(id)).chain(device -> work.apply(tx, device)));
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /** One import after the other: what the first brings the second finds. */
    Uni<Void> oneAtATime(SqlConnection tx) {
        return tx.query("select pg_advisory_xact_lock(hashtext('jeton enrolment'))")
                .execute()
                .replaceWithVoid();
    }

    Uni<Map<String, UUID>> accounts(SqlConnection tx, Set<String> names) {
        return tx.preparedQuery("select id, name from account where name = any($1)")
                .execute(Tuple.tuple().addArrayOfString(names.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, UUID> accounts = new HashMap<>();
                    rows.forEach(row -> accounts.put(row.getString("name"), row.getUUID("id")));
                    return accounts;
                });
    }

    /** Devices that have a key or a serial number of these lines. */
    Uni<List<Known>> known(SqlConnection tx, String clientId, List<EnrolmentLine> lines) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfString(texts(lines, line -> line.key().thumbprint()))
                .addString(clientId)
                .addArrayOfString(texts(lines, EnrolmentLine::serial));
        return tx.preparedQuery(KNOWN).execute(parameters).map(rows -> {
            List<Known> known = new ArrayList<>();
            rows.forEach(row -> known.add(known(row)));
            return known;
        });
    }

    /** Writes new devices; the thumbprints of those that nobody else wrote meanwhile. */
    Uni<Set<String>> insert(SqlConnection tx, EnrolmentOrder order, List<NewDevice> devices) {
        List<EnrolmentLine> lines = devices.stream().map(NewDevice::line).toList();
        Tuple parameters = Tuple.tuple()
                .addString(order.clientId())
                .addString(order.by().from())
                .addArrayOfUUID(devices.stream().map(NewDevice::id).toArray(UUID[]::new))
                .addArrayOfUUID(devices.stream()
                        .map(device -> device.owner().orElse(null))
                        .toArray(UUID[]::new))
                .addArrayOfString(texts(lines, line -> line.name().orElse(null)))
                .addArrayOfString(texts(lines, EnrolmentLine::serial))
                .addArrayOfString(texts(lines, line -> line.model().orElse(null)))
                .addArrayOfString(texts(lines, line -> line.key().publicJwk().orElse(null)))
                .addArrayOfString(texts(lines, line -> line.key().thumbprint()));
        return tx.preparedQuery(INSERT).execute(parameters).map(rows -> {
            Set<String> written = new HashSet<>();
            rows.forEach(row -> written.add(row.getString("key_thumbprint")));
            return written;
        });
    }

    /** A line that becomes a device. */
    record NewDevice(UUID id, Optional<UUID> owner, EnrolmentLine line) {}

    private Uni<Optional<EnrolledDevice>> find(String sql, Tuple parameters) {
        return find(pool, sql, parameters);
    }

    private static Uni<Optional<EnrolledDevice>> find(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> Rows.first(
                        rows,
                        row -> new EnrolledDevice(
                                row.getUUID("id"),
                                row.getString("client_id"),
                                Optional.ofNullable(row.getUUID("account_id")),
                                row.getBoolean("owner_may_act"),
                                Optional.ofNullable(row.getString("serial")),
                                DeviceState.valueOf(row.getString("state")),
                                row.getString("key_thumbprint"),
                                Optional.ofNullable(row.getString("public_jwk")))));
    }

    private static Known known(Row row) {
        return new Known(
                row.getString("client_id"),
                row.getString("serial"),
                row.getString("model"),
                row.getString("name"),
                row.getBoolean("renamed"),
                DeviceState.valueOf(row.getString("state")),
                row.getString("key_thumbprint"),
                row.getUUID("account_id"));
    }

    private static String[] texts(List<EnrolmentLine> lines, Function<EnrolmentLine, @Nullable String> text) {
        return lines.stream().map(text).toArray(String[]::new);
    }
}
