package io.jeton.refresh;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.EventType;
import io.jeton.database.RowCursor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The grants that devices have, for an operator: looked at and ended, without a token of theirs (RFC 6749 §1.5). */
@ApplicationScoped
public final class DeviceGrants {
    private final DeviceGrantRepository repository;
    private final GrantEndRepository ends;
    private final AuditTrail trail;

    DeviceGrants(DeviceGrantRepository repository, GrantEndRepository ends, AuditTrail trail) {
        this.repository = repository;
        this.ends = ends;
        this.trail = trail;
    }

    /** A grant that is ended by somebody, who says why. */
    public record Order(UUID grant, Actor by, String from, String reason) {}

    /** A grant, live or ended, for as long as its row is kept. */
    public Uni<Optional<StandingGrant>> find(UUID id) {
        return repository.find(id);
    }

    /**
     * The live grants that fit, those of the newest devices first.
     *
     * @param after where a former page said that the list goes on
     * @param limit how many, at the most; at least one
     */
    public Uni<GrantPage> list(GrantSelector selector, Optional<RowCursor> after, int limit) {
        return repository.list(selector, after, limit);
    }

    /** How many live grants have a token that was issued from an instant on and before another. */
    public Uni<Long> countIssued(Instant from, Optional<Instant> until) {
        return repository.countIssued(from, until);
    }

    /** Ends a grant, and says so in the same transaction. False where it had ended before, or never was. */
    public Uni<Boolean> revoke(Order order) {
        Uni<Optional<AuditEvent>> revoked =
                ends.inTransaction(tx -> ends.lock(tx, order.grant()).chain(row -> {
                    Optional<AuditEvent> told =
                            row.filter(there -> !there.revoked()).map(there -> told(there, order));
                    return told.isEmpty()
                            ? Uni.createFrom().item(told)
                            : ends.revoke(tx, order.grant(), order.reason())
                                    .chain(() -> trail.write(tx, told.get()))
                                    .replaceWith(told);
                }));
        return revoked.invoke(told -> told.ifPresent(trail::log)).map(Optional::isPresent);
    }

    private static AuditEvent told(RefreshTokenRow row, Order order) {
        return AuditEvent.success(EventType.DEVICE_REVOKED)
                .withActor(order.by())
                .withClient(row.client())
                .withDevice(row.device())
                .withAccount(row.account())
                .withSubject(row.id().toString())
                .withFrom(order.from())
                .withReason(order.reason());
    }
}
