package io.jeton.user;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.Author;
import io.jeton.audit.EventType;
import io.jeton.managed.Reconciled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Tells of changes to accounts: the trail and webhooks in the transaction that does them, the log once it is committed. */
@ApplicationScoped
final class AccountEvents {
    private final AuditTrail trail;

    AccountEvents(AuditTrail trail) {
        this.trail = trail;
    }

    /** @param what for example {@code account.create} */
    static List<AuditEvent> changed(Author by, String what, UUID account) {
        return List.of(event(by, what, account));
    }

    static List<AuditEvent> reconciled(Reconciled done) {
        return Stream.of(
                        done.created().stream().map(id -> event("account.create", id)),
                        done.changed().stream().map(id -> event("account.update", id)),
                        done.withdrawn().stream().map(id -> event("account.disable", id)))
                .flatMap(events -> events)
                .toList();
    }

    private static AuditEvent event(String what, String account) {
        return event(Author.SYSTEM, what, UUID.fromString(account));
    }

    private static AuditEvent event(Author by, String what, UUID account) {
        return by.sign(AuditEvent.success(EventType.ACCOUNT_CHANGED))
                .withAccount(account)
                .withReason(what);
    }

    /** In the transaction that does it. */
    Uni<Void> write(SqlConnection tx, List<AuditEvent> events) {
        return events.isEmpty() ? Uni.createFrom().voidItem() : trail.write(tx, events);
    }

    /** Once it is committed. */
    void log(List<AuditEvent> events) {
        events.forEach(trail::log);
    }
}
