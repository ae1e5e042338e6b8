package io.jeton.user;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.managed.Reconciled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Tells of changes to accounts, once they are committed. */
@ApplicationScoped
final class AccountEvents {
    private final Event<AuditEvent> audit;

    AccountEvents(Event<AuditEvent> audit) {
        this.audit = audit;
    }

    /**
     * @param what for example {@code account.create}
     * @param account its id
     */
    void tell(Actor by, String what, String account) {
        audit.fire(AuditEvent.success(EventType.ACCOUNT_CHANGED)
                .withActor(by)
                .withSubject(account)
                .withReason(what));
    }

    void tell(Reconciled reconciled) {
        reconciled.created().forEach(id -> tell(Actor.SYSTEM, "account.create", id));
        reconciled.changed().forEach(id -> tell(Actor.SYSTEM, "account.update", id));
        reconciled.withdrawn().forEach(id -> tell(Actor.SYSTEM, "account.disable", id));
    }
}
