package io.jeton.user;

import io.jeton.audit.AuditEvent;
import io.jeton.managed.Reconciled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Tells of changes to accounts, once they are committed. */
@ApplicationScoped
final class AccountEvents {
    private static final String NO_CLIENT = "-";

    private final Event<AuditEvent> audit;

    AccountEvents(Event<AuditEvent> audit) {
        this.audit = audit;
    }

    /** @param account its id */
    void tell(String type, String account) {
        audit.fire(new AuditEvent(type, NO_CLIENT, account));
    }

    void tell(Reconciled reconciled) {
        reconciled.created().forEach(id -> tell("account.create", id));
        reconciled.changed().forEach(id -> tell("account.update", id));
        reconciled.withdrawn().forEach(id -> tell("account.disable", id));
    }
}
