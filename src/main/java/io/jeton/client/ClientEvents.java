package io.jeton.client;

import io.jeton.audit.AuditEvent;
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

    void tell(String type, String id) {
        audit.fire(new AuditEvent(type, id, id));
    }

    void tell(Reconciled reconciled) {
        reconciled.created().forEach(id -> tell("client.create", id));
        reconciled.changed().forEach(id -> tell("client.update", id));
        reconciled.withdrawn().forEach(id -> tell("client.disable", id));
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
