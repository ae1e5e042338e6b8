package io.jeton.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes every event: a line of the log at once, a row of the table within a second. Whoever fires one neither waits nor
 * fails. A crash loses the rows, not the lines, of that second; whoever must not lose one writes it in a transaction of his
 * own.
 */
@ApplicationScoped
public final class AuditTrail {
    private static final Logger LOG = Logger.getLogger("io.jeton.audit");
    private static final long EVERY_MILLIS = 500;
    private static final Duration LAST_FLUSH = Duration.ofSeconds(5);
    private static final Duration BREATH = Duration.ofMillis(50);

    private final AuditWriter writer;
    private final Vertx vertx;
    private final AuditMetrics metrics;
    private final Repetitions repetitions = new Repetitions();
    private volatile long timer;

    AuditTrail(AuditWriter writer, Vertx vertx, AuditMetrics metrics) {
        this.writer = writer;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(EVERY_MILLIS, tick -> {
            repetitions.drain(System.nanoTime()).forEach(this::tell);
            writer.flush().subscribe().with(empty -> {});
        });
    }

    void stop(@Observes ShutdownEvent event) throws Throwable {
        vertx.cancelTimer(timer);
        repetitions.drain().forEach(this::tell);
        VertxContextSupport.subscribeAndAwait(this::flush);
    }

    void onEvent(@Observes AuditEvent event) {
        repetitions.admit(event, System.nanoTime()).ifPresent(this::tell);
    }

    /**
     * Writes an event, and whatever is to be passed on of it, in the caller's transaction. After the commit the caller
     * {@linkplain #log logs} it instead of firing it.
     */
    public Uni<Void> write(SqlConnection tx, AuditEvent event) {
        return write(tx, List.of(event));
    }

    /** The same of several, all in one statement. */
    public Uni<Void> write(SqlConnection tx, List<AuditEvent> events) {
        return writer.write(
                tx,
                events.stream()
                        .map(event -> new Occurrence(event, Duration.ZERO))
                        .toList());
    }

    /** The line of an event that is in the table already. */
    public void log(AuditEvent event) {
        LOG.info(AuditLine.of(event));
        metrics.count(event);
    }

    /** How many events are in the log of this replica and not in the table, because the database was away for long. */
    public long lost() {
        return writer.lost();
    }

    private void tell(AuditEvent event) {
        log(event);
        writer.add(event);
    }

    /** Until nothing waits, or for so long as a stop may take. */
    public Uni<Void> flush() {
        return Uni.createFrom()
                .deferred(writer::flush)
                .repeat()
                .withDelay(BREATH)
                .until(empty -> empty)
                .onItem()
                .ignoreAsUni()
                .ifNoItem()
                .after(LAST_FLUSH)
                .recoverWithItem((Void) null);
    }
}
