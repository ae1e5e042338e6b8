package io.jeton.audit;

import io.jeton.database.DatabaseFailure;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Writes events in batches, one after the other. While the database is away they wait, the oldest {@value #CAPACITY} of
 * them; what is beyond that is in the log alone, and counted.
 */
@ApplicationScoped
final class AuditWriter {
    static final int CAPACITY = 10_000;
    private static final Logger LOG = Logger.getLogger(AuditWriter.class);
    private static final int BATCH = 500;
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private final AuditRepository repository;
    private final List<Outbox> outboxes;
    private final WaitingEvents waiting = new WaitingEvents(CAPACITY);
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile int batch = BATCH;
    private volatile boolean away;
    private volatile long reported;

    AuditWriter(AuditRepository repository, @All List<Outbox> outboxes) {
        this.repository = repository;
        this.outboxes = outboxes;
    }

    void add(AuditEvent event) {
        boolean unused = waiting.add(event, System.nanoTime());
    }

    /** Writes what waits; never fails. True once nothing waits. */
    Uni<Boolean> flush() {
        if (!writing.compareAndSet(false, true)) {
            return Uni.createFrom().item(false);
        }
        return Uni.createFrom()
                .deferred(this::writeBatch)
                .repeat()
                .whilst(written -> written > 0)
                .onItem()
                .ignoreAsUni()
                .onItemOrFailure()
                .transform((done, failure) -> end(failure));
    }

    Uni<Void> write(SqlConnection tx, List<Occurrence> events) {
        Uni<Void> written = repository.insert(tx, events);
        for (Outbox outbox : outboxes) {
            written = written.chain(() -> outbox.enqueue(tx, events));
        }
        return written;
    }

    long lost() {
        return waiting.lost();
    }

    private Uni<Integer> writeBatch() {
        List<Occurrence> events = waiting.first(batch, System.nanoTime());
        if (events.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return repository
                .inTransaction(tx -> write(tx, events))
                .ifNoItem()
                .after(LONGEST_WRITE)
                .failWith(TimeoutException::new)
                .replaceWith(events.size())
                .onFailure(failure -> !DatabaseFailure.isAway(failure))
                .recoverWithItem(failure -> refused(events, failure))
                .invoke(waiting::remove);
    }

    /** The database does not take one of them: each is tried by itself, so that the others get in. */
    private int refused(List<Occurrence> events, Throwable failure) {
        if (events.size() == 1) {
            LOG.errorf("an event is not written: %s", failure.toString());
            waiting.lose(events.get(0).event());
            return 1;
        }
        batch = 1;
        return 0;
    }

    private boolean end(Throwable failure) {
        writing.set(false);
        boolean empty = waiting.isEmpty();
        batch = empty ? BATCH : batch;
        if (failure != null && !away) {
            LOG.warnf("events wait, at most %d of them: %s", CAPACITY, failure.toString());
        }
        away = failure != null;
        long lost = waiting.lost();
        if (lost != reported) {
            LOG.warnf("table audit_event lacks %d events of this replica, which are in this log alone", lost);
            reported = lost;
        }
        return empty;
    }
}
