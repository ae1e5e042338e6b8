package io.jeton.device.fleet;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.device.registry.OrderedBy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** The only place where the trail is told what became of a bulk revocation, and who ordered it. */
@ApplicationScoped
final class BulkAudit {
    private final Event<AuditEvent> audit;

    BulkAudit(Event<AuditEvent> audit) {
        this.audit = audit;
    }

    /** What happens to a bulk revocation, as the trail calls it. */
    enum Act {
        START(EventType.BULK_REVOCATION_STARTED),
        PAUSE(EventType.BULK_REVOCATION_PAUSED),
        RESUME(EventType.BULK_REVOCATION_RESUMED),
        CANCEL(EventType.BULK_REVOCATION_CANCELLED),
        DONE(EventType.BULK_REVOCATION_FINISHED);

        private final EventType type;

        Act(EventType type) {
            this.type = type;
        }
    }

    void tell(Act act, BulkRevocation revocation, OrderedBy by) {
        AuditEvent event = AuditEvent.success(act.type)
                .withActor(by.actor())
                .withSubject(revocation.id().toString())
                .withFrom(by.from());
        audit.fire(revocation.order().selector().client().map(event::withClient).orElse(event));
    }
}
