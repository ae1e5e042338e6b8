package io.jeton.device.fleet;

import io.jeton.audit.AuditEvent;
import io.jeton.device.registry.OrderedBy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Tells the trail what became of a bulk revocation and who ordered it: here alone. */
@ApplicationScoped
final class BulkAudit {
    private final Event<AuditEvent> audit;

    BulkAudit(Event<AuditEvent> audit) {
        this.audit = audit;
    }

    /** What happens to a bulk revocation, as the trail calls it. */
    enum Act {
        START("bulk_revocation.started"),
        PAUSE("bulk_revocation.paused"),
        RESUME("bulk_revocation.resumed"),
        CANCEL("bulk_revocation.cancelled"),
        DONE("bulk_revocation.done");

        private final String type;

        Act(String type) {
            this.type = type;
        }
    }

    void tell(Act act, BulkRevocation revocation, OrderedBy by) {
        String client = revocation.order().selector().client().orElse("-");
        audit.fire(new AuditEvent(act.type, client, revocation.id().toString()));
    }
}
