package io.jeton.device.fleet;

import io.jeton.database.RowCursor;
import io.jeton.device.registry.DeviceRegistry;
import io.jeton.device.registry.OrderedBy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes back many devices at once: looked at first, then staged at a rate. It reaches the devices that were first seen before
 * the start and fit the selector when their turn comes. One that fits only later, because it was enrolled or came back
 * meanwhile, is left out: order that once more. One that no longer fits, for example since it was seen again, is spared.
 */
@ApplicationScoped
public final class BulkRevocations {
    private static final int SAMPLE = 10;

    private final BulkRevocationRepository repository;
    private final DeviceRegistry registry;
    private final BulkAudit audit;

    BulkRevocations(BulkRevocationRepository repository, DeviceRegistry registry, BulkAudit audit) {
        this.repository = repository;
        this.registry = registry;
        this.audit = audit;
    }

    /** A dry run: what would be done, and nothing is. */
    public Uni<BulkPreview> preview(BulkOrder order) {
        return repository.count(order).chain(matched -> repository
                .sample(order, SAMPLE)
                .chain(registry::find)
                .map(sample -> new BulkPreview(matched, sample)));
    }

    /** Begins, however many match. It goes on by itself, on whichever replica, over every restart. */
    public Uni<BulkRevocation> start(BulkOrder order, OrderedBy by) {
        return start(order, by, Long.MAX_VALUE).map(started -> ((BulkStart.Begun) started).revocation());
    }

    /** Begins, unless more match than that: the selection may have grown since somebody looked. */
    public Uni<BulkStart> start(BulkOrder order, OrderedBy by, long atMost) {
        return repository
                .inTransaction(tx -> repository
                        .insert(tx, order, by, atMost)
                        .call(started -> started instanceof BulkStart.Begun begun
                                ? audit.write(tx, BulkAudit.Act.START, begun.revocation(), by)
                                : Uni.createFrom().voidItem()))
                .invoke(started -> {
                    if (started instanceof BulkStart.Begun begun) {
                        audit.log(BulkAudit.Act.START, begun.revocation(), by);
                    }
                });
    }

    /** Stops until it is resumed. When this has answered, no device more is touched. */
    public Uni<BulkOutcome> pause(UUID id, OrderedBy by) {
        return change(
                BulkAudit.Act.PAUSE, by, id, tx -> repository.setState(tx, id, BulkState.PAUSED, BulkState.RUNNING));
    }

    /** Goes on where it was paused. */
    public Uni<BulkOutcome> resume(UUID id, OrderedBy by) {
        return change(
                BulkAudit.Act.RESUME, by, id, tx -> repository.setState(tx, id, BulkState.RUNNING, BulkState.PAUSED));
    }

    /** Ends it for good. What was done is not undone. */
    public Uni<BulkOutcome> cancel(UUID id, OrderedBy by) {
        return change(
                BulkAudit.Act.CANCEL,
                by,
                id,
                tx -> repository.setState(tx, id, BulkState.CANCELLED, BulkState.RUNNING, BulkState.PAUSED));
    }

    public Uni<Optional<BulkRevocation>> find(UUID id) {
        return repository.find(id);
    }

    /** The newest first, after a cursor. */
    public Uni<List<BulkRevocation>> list(Optional<RowCursor> after, int limit) {
        return repository.list(after, limit);
    }

    private Uni<BulkOutcome> change(
            BulkAudit.Act act, OrderedBy by, UUID id, Function<SqlConnection, Uni<Optional<BulkRevocation>>> change) {
        return repository
                .inTransaction(tx -> change.apply(tx)
                        .call(changed -> changed.map(revocation -> audit.write(tx, act, revocation, by))
                                .orElseGet(() -> Uni.createFrom().voidItem())))
                .invoke(changed -> changed.ifPresent(revocation -> audit.log(act, revocation, by)))
                .chain(changed -> changed.isPresent()
                        ? Uni.createFrom().item(new BulkOutcome.Done(changed.get()))
                        : notChanged(id));
    }

    private Uni<BulkOutcome> notChanged(UUID id) {
        return repository.find(id).map(found -> found.<BulkOutcome>map(
                        there -> new BulkOutcome.NotPossible(there.state()))
                .orElseGet(BulkOutcome.NotFound::new));
    }
}
