package io.jeton.audit;

import io.jeton.database.Purge;
import io.jeton.database.Rows;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Table {@code audit_event}: written once, read, and purged when it is old. An event is dated by the database's clock. */
@ApplicationScoped
public final class AuditRepository implements Purge {
    private static final Duration LEAST_RETENTION = Duration.ofDays(1);

    private static final String INSERT = """
            insert into audit_event (at, type, outcome, actor_kind, actor_id, client_id, device_id, account_id, subject,
                remote_address, reason, occurrences)
            select clock_timestamp() - make_interval(secs => ago), type, outcome, actor_kind, actor_id, client_id,
                device_id, account_id, subject, remote_address, reason, occurrences
            from unnest($1::float8[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[],
                $9::text[], $10::text[], $11::text[], $12::int[])
                with ordinality as e (ago, type, outcome, actor_kind, actor_id, client_id, device_id, account_id, subject,
                    remote_address, reason, occurrences, place)
            order by place""";

    private static final String FIND = """
            select id, at, type, outcome, actor_kind, actor_id, client_id, device_id, account_id, subject, remote_address,
                reason, occurrences
            from audit_event where true%s order by id desc limit $1""";

    private final Pool pool;
    private final AuditConfig config;

    AuditRepository(Pool pool, AuditConfig config) {
        this.pool = pool;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        check(config.retention());
    }

    static void check(Duration retention) {
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            throw new ConfigurationException("jeton.audit.retention must be at least P1D");
        }
    }

    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work);
    }

    /** Writes events, all in one statement. */
    Uni<Void> insert(SqlConnection tx, List<Occurrence> events) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfDouble(events.stream()
                        .map(occurrence -> occurrence.ago().toNanos() / 1e9)
                        .toArray(Double[]::new))
                .addArrayOfString(texts(events, event -> event.type().value()))
                .addArrayOfString(texts(events, event -> event.outcome().value()))
                .addArrayOfString(texts(events, AuditRepository::actorKind))
                .addArrayOfString(texts(events, AuditRepository::actorId))
                .addArrayOfString(texts(events, AuditEvent::client))
                .addArrayOfUUID(ids(events, AuditEvent::device))
                .addArrayOfUUID(ids(events, AuditEvent::account))
                .addArrayOfString(texts(events, AuditEvent::subject))
                .addArrayOfString(texts(events, AuditEvent::from))
                .addArrayOfString(texts(events, AuditEvent::reason))
                .addArrayOfInteger(events.stream()
                        .map(occurrence -> occurrence.event().occurrences())
                        .toArray(Integer[]::new));
        return tx.preparedQuery(INSERT).execute(parameters).replaceWithVoid();
    }

    /** What there is to read, the newest first. */
    public Uni<List<AuditEntry>> find(AuditQuery query) {
        Tuple parameters = Tuple.of(query.limit());
        String conditions = condition("type = ", query.type(), parameters)
                + condition("client_id = ", query.client(), parameters)
                + condition("device_id = ", query.device(), parameters)
                + condition("account_id = ", query.account(), parameters)
                + condition("actor_id = ", query.actor(), parameters)
                + condition("outcome = ", outcome(query), parameters)
                + condition("at >= ", utc(query.since()), parameters)
                + condition("at < ", utc(query.until()), parameters)
                + condition("id < ", query.before(), parameters);
        return pool.preparedQuery(FIND.formatted(conditions))
                .execute(parameters)
                .map(rows -> Rows.all(rows, AuditRepository::entry));
    }

    /** Only what is asked for is in the statement: a plan for whatever may be asked would use no index. */
    private static String condition(String comparison, @Nullable Object value, Tuple parameters) {
        if (value == null) {
            return "";
        }
        parameters.addValue(value);
        return " and " + comparison + "$" + parameters.size();
    }

    /** By a function of the database: the service may neither update nor delete. */
    @Override
    public Uni<Integer> purge(int batch) {
        return pool.preparedQuery("select purge_audit_event(make_interval(secs => $1), $2) as purged")
                .execute(Tuple.of((double) config.retention().toSeconds(), batch))
                .map(rows -> rows.iterator().next().getInteger("purged"));
    }

    private static String[] texts(List<Occurrence> events, Function<AuditEvent, @Nullable String> column) {
        return events.stream()
                .map(occurrence -> column.apply(occurrence.event()))
                .toArray(String[]::new);
    }

    private static UUID[] ids(List<Occurrence> events, Function<AuditEvent, @Nullable UUID> column) {
        return events.stream()
                .map(occurrence -> column.apply(occurrence.event()))
                .toArray(UUID[]::new);
    }

    private static @Nullable String actorKind(AuditEvent event) {
        Actor actor = event.actor();
        return actor == null ? null : actor.kind().value();
    }

    private static @Nullable String actorId(AuditEvent event) {
        Actor actor = event.actor();
        return actor == null ? null : actor.id();
    }

    private static @Nullable String outcome(AuditQuery query) {
        Outcome outcome = query.outcome();
        return outcome == null ? null : outcome.value();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("type"),
                row.getString("outcome"),
                row.getString("actor_kind"),
                row.getString("actor_id"),
                row.getString("client_id"),
                row.getUUID("device_id"),
                row.getUUID("account_id"),
                row.getString("subject"),
                row.getString("remote_address"),
                row.getString("reason"),
                row.getInteger("occurrences"));
    }
}
