package io.jeton.device.registry;

import io.jeton.audit.AuditEvent;
import io.jeton.database.RowCursor;
import io.jeton.grant.RefreshTokens;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The devices there are, and what may be ordered of one. An owner's order reaches own devices alone: another's is not
 * found. Whatever is ordered, the row decides, and the trail is told.
 */
@ApplicationScoped
public final class DeviceRegistry {
    private final RegistryRepository repository;
    private final DeviceListRepository lists;
    private final RefreshTokens refreshTokens;
    private final RegistryAudit audit;

    DeviceRegistry(
            RegistryRepository repository,
            DeviceListRepository lists,
            RefreshTokens refreshTokens,
            RegistryAudit audit) {
        this.repository = repository;
        this.lists = lists;
        this.refreshTokens = refreshTokens;
        this.audit = audit;
    }

    /** A device and what it was granted. */
    public Uni<Optional<Device>> find(UUID id) {
        return lists.find(id);
    }

    /** Those of some devices that there are, by their ids. */
    public Uni<List<Device>> find(List<UUID> ids) {
        return lists.find(ids);
    }

    /**
     * The devices that fit, the newest first.
     *
     * @param after where a former page said that the list goes on
     * @param limit how many, at the most; at least one
     */
    public Uni<DevicePage> list(DeviceSelector selector, Optional<RowCursor> after, int limit) {
        return lists.list(selector, after, limit);
    }

    /** An active device gets no more tokens until it is resumed. It keeps what it has, and comes back by itself. */
    public Uni<DeviceOutcome> suspend(DeviceOrder order) {
        return carryOut(
                RegistryAudit.Act.SUSPEND,
                order,
                tx -> repository.setState(tx, order, DeviceState.SUSPENDED, DeviceState.ACTIVE));
    }

    /** A suspended device may go on. What an operator suspended, the owner cannot resume. */
    public Uni<DeviceOutcome> resume(DeviceOrder order) {
        return carryOut(
                RegistryAudit.Act.RESUME,
                order,
                tx -> repository.setState(tx, order, DeviceState.ACTIVE, DeviceState.SUSPENDED));
    }

    /** A device is gone for good, and with it what it was granted. */
    public Uni<DeviceOutcome> retire(DeviceOrder order) {
        return carryOut(RegistryAudit.Act.RETIRE, order, tx -> repository
                .setState(tx, order, DeviceState.RETIRED, DeviceState.ACTIVE, DeviceState.SUSPENDED)
                .call(found -> isDone(found)
                        ? refreshTokens.revokeOf(tx, List.of(order.device()), order.reason())
                        : Uni.createFrom().voidItem()));
    }

    /**
     * What a device was granted ends. The device stays what it is: approved once more, it is the same. One that was enrolled
     * with a key comes back by itself; suspend or retire that.
     */
    public Uni<DeviceOutcome> revoke(DeviceOrder order) {
        return carryOut(RegistryAudit.Act.REVOKE, order, tx -> repository
                .touch(tx, order)
                .chain(found -> isDone(found)
                        ? refreshTokens
                                .revokeOf(tx, List.of(order.device()), order.reason())
                                .map(ended -> ended.isEmpty() ? found.map(DeviceRegistry::undone) : found)
                        : Uni.createFrom().item(found)));
    }

    /** A person gives a device a name, which it then keeps, whatever it says of itself. */
    public Uni<DeviceOutcome> rename(DeviceOrder order, DeviceName name) {
        return carryOut(RegistryAudit.Act.RENAME, order, tx -> repository.rename(tx, order, name));
    }

    private Uni<DeviceOutcome> carryOut(
            RegistryAudit.Act act,
            DeviceOrder order,
            Function<SqlConnection, Uni<Optional<RegistryRepository.Found>>> change) {
        return repository
                .inTransaction(tx -> change.apply(tx)
                        .chain(found -> outcome(tx, order, found))
                        .call(outcome -> audit.write(tx, told(act, order, outcome))))
                .invoke(outcome -> audit.log(told(act, order, outcome)));
    }

    private static List<AuditEvent> told(RegistryAudit.Act act, DeviceOrder order, DeviceOutcome outcome) {
        return outcome instanceof DeviceOutcome.Done done ? List.of(act.event(done.device(), order)) : List.of();
    }

    private Uni<DeviceOutcome> outcome(SqlConnection tx, DeviceOrder order, Optional<RegistryRepository.Found> found) {
        if (isDone(found)) {
            return lists.find(tx, order.device()).map(device -> new DeviceOutcome.Done(device.orElseThrow()));
        }
        return Uni.createFrom().item(found.map(row -> refusal(order, row)).orElseGet(DeviceOutcome.NotFound::new));
    }

    private static DeviceOutcome refusal(DeviceOrder order, RegistryRepository.Found found) {
        return order.ifVersion().filter(version -> version != found.version()).isPresent()
                ? new DeviceOutcome.Changed(found.version())
                : new DeviceOutcome.NotPossible(found.state());
    }

    private static RegistryRepository.Found undone(RegistryRepository.Found found) {
        return new RegistryRepository.Found(found.state(), found.version(), false);
    }

    private static boolean isDone(Optional<RegistryRepository.Found> found) {
        return found.filter(RegistryRepository.Found::done).isPresent();
    }
}
