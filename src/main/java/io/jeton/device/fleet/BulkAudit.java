package io.jeton.device.fleet;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.EventType;
import io.jeton.device.registry.OrderedBy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** The only place where the trail is told what became of a bulk revocation, and who ordered it. */
@ApplicationScoped
final class BulkAudit {
    private final AuditTrail trail;

    BulkAudit(AuditTrail trail) {
        this.trail = trail;
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

        private AuditEvent event(BulkRevocation revocation, OrderedBy by) {
            AuditEvent event = AuditEvent.success(type)
                    .withActor(by.actor())
                    .withSubject(revocation.id().toString())
                    .withFrom(by.from());
            return revocation.order().selector().client().map(event::withClient).orElse(event);
        }
    }

    /** In the transaction that does it. */
    Uni<Void> write(SqlConnection tx, Act act, BulkRevocation revocation, OrderedBy by) {
        return trail.write(tx, act.event(revocation, by));
    }

    /** After the commit: what was rolled back did not happen. */
    void log(Act act, BulkRevocation revocation, OrderedBy by) {
        trail.log(act.event(revocation, by));
    }
}
