package io.jeton.client;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.Author;
import io.jeton.audit.EventType;
import io.jeton.managed.Reconciled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells of changes to clients: the trail and webhooks in the transaction that does them, the log and this replica's own copy once
 * it is committed.
 */
@ApplicationScoped
final class ClientEvents {
    private static final Logger LOG = Logger.getLogger(ClientEvents.class);

    private final AuditTrail trail;
    private final ClientRegistry registry;

    ClientEvents(AuditTrail trail, ClientRegistry registry) {
        this.trail = trail;
        this.registry = registry;
    }

    /** @param what for example {@code client.create} */
    static List<AuditEvent> changed(Author by, String what, String id) {
        return List.of(event(by, what, id));
    }

    static List<AuditEvent> reconciled(Reconciled done) {
        return Stream.of(
                        done.created().stream().map(id -> event(Author.SYSTEM, "client.create", id)),
                        done.changed().stream().map(id -> event(Author.SYSTEM, "client.update", id)),
                        done.withdrawn().stream().map(id -> event(Author.SYSTEM, "client.disable", id)))
                .flatMap(events -> events)
                .toList();
    }

    private static AuditEvent event(Author by, String what, String id) {
        return by.sign(AuditEvent.success(EventType.CLIENT_CHANGED))
                .withClient(id)
                .withReason(what);
    }

    /** In the transaction that does it. */
    Uni<Void> write(SqlConnection tx, List<AuditEvent> events) {
        return events.isEmpty() ? Uni.createFrom().voidItem() : trail.write(tx, events);
    }

    /** Once it is committed. */
    Uni<Void> tell(List<AuditEvent> events) {
        events.forEach(trail::log);
        return events.isEmpty() ? Uni.createFrom().voidItem() : renewCopy();
    }

    /** Whoever changed something sees it at once; the other replicas when they are notified. */
    private Uni<Void> renewCopy() {
        return registry.reload()
                .onFailure()
                .invoke(failure -> LOG.warnf("clients are not renewed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
