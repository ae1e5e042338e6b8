package io.jeton.client;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.managed.Reconciled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.jboss.logging.Logger;

/** Tells of changes to clients, once they are committed: the audit log, and this replica's own copy. */
@ApplicationScoped
final class ClientEvents {
    private static final Logger LOG = Logger.getLogger(ClientEvents.class);

    private final Event<AuditEvent> audit;
    private final ClientRegistry registry;

    ClientEvents(Event<AuditEvent> audit, ClientRegistry registry) {
        this.audit = audit;
        this.registry = registry;
    }

    /** @param what for example {@code client.create} */
    void tell(Actor by, String what, String id) {
        audit.fire(AuditEvent.success(EventType.CLIENT_CHANGED)
                .withActor(by)
                .withClient(id)
                .withReason(what));
    }

    void tell(Reconciled reconciled) {
        reconciled.created().forEach(id -> tell(Actor.SYSTEM, "client.create", id));
        reconciled.changed().forEach(id -> tell(Actor.SYSTEM, "client.update", id));
        reconciled.withdrawn().forEach(id -> tell(Actor.SYSTEM, "client.disable", id));
    }

    /** Whoever changed something sees it at once; the other replicas when they are notified. */
    Uni<Void> renewCopy() {
        return registry.reload()
                .onFailure()
                .invoke(failure -> LOG.warnf("clients are not renewed: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
