package io.jeton.device.fleet;

import io.jeton.audit.AuditEvent;
import io.jeton.crypto.Randomness;
import io.jeton.device.registry.RegistryAudit;
import io.jeton.grant.RefreshTokens;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries bulk revocations out, batch by batch. Any number of replicas may: who holds the lease works, and whose batch is
 * not committed has done nothing, so that no device is forgotten or comes twice, whenever a worker dies.
 */
@ApplicationScoped
final class BulkWorker {
    /** How many batches are done in a turn; then whoever else waits for a connection gets one. */
    private static final int MOST_BATCHES = 50;

    private final BulkStepRepository steps;
    private final RefreshTokens refreshTokens;
    private final RegistryAudit registryAudit;
    private final BulkAudit audit;
    private final FleetConfig config;
    private final UUID id;

    BulkWorker(
            BulkStepRepository steps,
            RefreshTokens refreshTokens,
            RegistryAudit registryAudit,
            BulkAudit audit,
            FleetConfig config,
            Randomness randomness) {
        this.steps = steps;
        this.refreshTokens = refreshTokens;
        this.registryAudit = registryAudit;
        this.audit = audit;
        this.config = config;
        this.id = randomness.id();
    }

    /** A batch that is committed. */
    private record Batch(BulkRevocation revocation, Map<UUID, String> changed) {}

    @Scheduled(every = "{jeton.fleet.tick}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return batches(MOST_BATCHES);
    }

    private Uni<Void> batches(int left) {
        return batch().chain(worked ->
                worked && left > 1 ? batches(left - 1) : Uni.createFrom().voidItem());
    }

    /** @return false where there was nothing to do */
    Uni<Boolean> batch() {
        return steps.lease(id, config.lease())
                .chain(leased -> leased.isEmpty()
                        ? Uni.createFrom().item(false)
                        : steps.inTransaction(tx -> batch(tx, leased.get()))
                                .invoke(batch -> batch.ifPresent(this::tell))
                                .map(Optional::isPresent));
    }

    private Uni<Optional<Batch>> batch(SqlConnection tx, BulkStepRepository.Leased leased) {
        return steps.hold(tx, leased.revocation().id(), id)
                .chain(after -> after.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : steps.slice(tx, leased, after.get()).chain(slice -> carryOut(tx, leased, slice)));
    }

    private Uni<Optional<Batch>> carryOut(
            SqlConnection tx, BulkStepRepository.Leased leased, BulkStepRepository.Slice slice) {
        BulkRevocation revocation = leased.revocation();
        return change(tx, revocation.order(), slice.hits())
                .call(changed -> registryAudit.write(tx, told(revocation, changed)))
                .chain(changed -> steps.advance(tx, revocation.id(), changed.size(), slice, config.lease())
                        .call(advanced -> advanced.state() == BulkState.DONE
                                ? audit.write(tx, BulkAudit.Act.DONE, advanced, advanced.by())
                                : Uni.createFrom().voidItem())
                        .map(advanced -> Optional.of(new Batch(advanced, changed))));
    }

    private Uni<Map<UUID, String>> change(SqlConnection tx, BulkOrder order, List<UUID> devices) {
        if (devices.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return switch (order.action()) {
            case SUSPEND -> steps.setState(tx, order.action(), devices);
            case RETIRE ->
                steps.setState(tx, order.action(), devices)
                        .call(changed -> refreshTokens.revokeOf(tx, List.copyOf(changed.keySet()), order.reason()));
            case REVOKE ->
                steps.lock(tx, devices)
                        .chain(() -> refreshTokens.revokeOf(tx, devices, order.reason()))
                        .chain(ended -> steps.touch(tx, ended));
        };
    }

    private static List<AuditEvent> told(BulkRevocation revocation, Map<UUID, String> changed) {
        BulkOrder order = revocation.order();
        return order.action().act().events(changed, revocation.by(), order.reason());
    }

    /** After the commit: what was rolled back did not happen. */
    private void tell(Batch batch) {
        BulkRevocation revocation = batch.revocation();
        registryAudit.log(told(revocation, batch.changed()));
        if (revocation.state() == BulkState.DONE) {
            audit.log(BulkAudit.Act.DONE, revocation, revocation.by());
        }
    }
}
