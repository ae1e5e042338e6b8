package io.jeton.user;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.Author;
import io.jeton.crypto.PasswordHash;
import io.jeton.crypto.Randomness;
import io.jeton.database.OffLoop;
import io.jeton.managed.Change;
import io.jeton.managed.Page;
import io.jeton.managed.Registered;
import io.jeton.managed.Source;
import io.jeton.managed.Violation;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as an operator manages them. An account that its source still declares is not changed here: the next
 * reconciliation would undo it. A version, where one is given, must be the present one.
 */
@ApplicationScoped
public final class AccountService {
    private final AccountRepository repository;
    private final AccountOwnership ownership;
    private final AccountEvents events;
    private final Randomness randomness;

    AccountService(
            AccountRepository repository, AccountOwnership ownership, AccountEvents events, Randomness randomness) {
        this.repository = repository;
        this.ownership = ownership;
        this.events = events;
        this.randomness = randomness;
    }

    /**
     * A change to a row.
     *
     * @param event what the trail calls it
     */
    record Edit(Author by, String event, Consumer<AccountEntity> work) {
        List<AuditEvent> events(UUID account) {
            return AccountEvents.changed(by, event, account);
        }
    }

    public Uni<Optional<RegisteredAccount>> find(UUID id) {
        return repository.find(id).map(found -> found.map(this::registered));
    }

    public Uni<Optional<RegisteredAccount>> findByName(String name) {
        return repository.findByName(name).map(found -> found.map(this::registered));
    }

    /** Accounts by name. */
    public Uni<Page<RegisteredAccount>> list(Page.Request page) {
        return repository
                .list(page)
                .map(rows ->
                        Page.of(rows.stream().map(this::registered).toList(), page.size(), RegisteredAccount::name));
    }

    public Uni<Change<RegisteredAccount>> create(Author by, AccountSpecification account, String password) {
        List<Violation> violations =
                AccountRules.violations(new DeclaredAccount(account, Optional.of(password), Optional.empty()));
        return violations.isEmpty()
                ? hash(password).chain(hash -> {
                    Edit create = new Edit(by, "account.create", row -> {
                        row.id = randomness.id();
                        row.passwordHash = hash;
                        AccountRows.write(account, row);
                    });
                    return insert(account.name(), create).invoke(change -> log(create, change));
                })
                : invalid(violations);
    }

    /** Describes an account anew, its name included; what belongs to it stays with it. */
    public Uni<Change<RegisteredAccount>> update(
            Author by, UUID id, AccountSpecification account, OptionalLong version) {
        List<Violation> violations = AccountRules.violations(account);
        Edit update = new Edit(by, "account.update", row -> AccountRows.write(account, row));
        return violations.isEmpty()
                ? rename(id, account.name(), version, update).invoke(change -> log(update, change))
                : invalid(violations);
    }

    /** What the person approved before stops working, and works again when the account is enabled again. */
    public Uni<Change<RegisteredAccount>> disable(Author by, UUID id, OptionalLong version) {
        return change(id, version, new Edit(by, "account.disable", row -> row.enabled = false));
    }

    public Uni<Change<RegisteredAccount>> enable(Author by, UUID id, OptionalLong version) {
        return change(id, version, new Edit(by, "account.enable", row -> row.enabled = true));
    }

    /** Another password: whoever is signed in with the former one is so no longer. */
    public Uni<Change<RegisteredAccount>> setPassword(Author by, UUID id, String password, OptionalLong version) {
        List<Violation> violations = AccountRules.ofPassword(password);
        return violations.isEmpty()
                ? hash(password).chain(hash -> {
                    Edit exchange = new Edit(by, "account.set_password", row -> row.passwordHash = hash);
                    return exchangePassword(id, version, exchange).invoke(change -> log(exchange, change));
                })
                : invalid(violations);
    }

    /** Ends every session of a person, wherever the account is declared. The value says how many they were. */
    public Uni<Change<Integer>> signOutEverywhere(Author by, UUID id) {
        List<AuditEvent> event = AccountEvents.changed(by, "account.sign_out_everywhere", id);
        return endSessions(id, event).invoke(change -> {
            if (change instanceof Change.Done<Integer>) {
                events.log(event);
            }
        });
    }

    /**
     * Deletes an account with all that belongs to it: sessions, devices, their grants and refresh tokens. Access tokens
     * live on until they expire. The value says how many devices went along.
     */
    public Uni<Change<Long>> delete(Author by, UUID id, OptionalLong version) {
        List<AuditEvent> event = AccountEvents.changed(by, "account.delete", id);
        return remove(id, version, event).invoke(change -> {
            if (change instanceof Change.Done<Long>) {
                events.log(event);
            }
        });
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> insert(String name, Edit create) {
        return alone(name, null)
                .chain(free -> free
                        ? write(new AccountEntity(), create)
                        : Uni.createFrom().item(new Change.AlreadyExists<>()));
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> rename(UUID id, String name, OptionalLong version, Edit update) {
        return alone(name, id)
                .chain(free ->
                        free ? edit(id, version, update) : Uni.createFrom().item(new Change.AlreadyExists<>()));
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> exchangePassword(UUID id, OptionalLong version, Edit exchange) {
        return edit(id, version, exchange)
                .call(change -> change instanceof Change.Done<RegisteredAccount>
                        ? repository.endSessions(List.of(id))
                        : Uni.createFrom().nullItem());
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> edit(UUID id, OptionalLong version, Edit edit) {
        return repository.findLocked(id).chain(row -> this.<RegisteredAccount>refusal(row, version)
                .map(refused -> Uni.createFrom().item(refused))
                .orElseGet(() -> write(row.orElseThrow(), edit)));
    }

    @WithTransaction
    Uni<Change<Long>> remove(UUID id, OptionalLong version, List<AuditEvent> event) {
        return repository.findLocked(id).chain(row -> this.<Long>refusal(row, version)
                .map(refused -> Uni.createFrom().item(refused))
                .orElseGet(() -> repository
                        .deleteWithDevices(row.orElseThrow())
                        .call(() -> events.write(event))
                        .map(devices -> new Change.Done<>(devices))));
    }

    @WithTransaction
    Uni<Change<Integer>> endSessions(UUID id, List<AuditEvent> event) {
        return repository
                .findLocked(id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(new Change.NotFound<>())
                        : repository
                                .endSessions(List.of(id))
                                .call(() -> events.write(event))
                                .map(sessions -> new Change.Done<>(sessions)));
    }

    /** Whether nobody else has this name, and nobody can take it until the transaction ends. */
    private Uni<Boolean> alone(String name, @Nullable UUID self) {
        return repository
                .lock()
                .chain(() -> repository.findByName(name))
                .map(other -> other.isEmpty() || other.get().id.equals(self));
    }

    private <T> Optional<Change<T>> refusal(Optional<AccountEntity> row, OptionalLong version) {
        return Registered.refusal(row.map(this::registered), version);
    }

    private Uni<Change<RegisteredAccount>> change(UUID id, OptionalLong version, Edit edit) {
        return edit(id, version, edit).invoke(change -> log(edit, change));
    }

    private Uni<Change<RegisteredAccount>> write(AccountEntity row, Edit edit) {
        edit.work.accept(row);
        row.source = Source.API.name();
        row.withdrawnAt = null;
        return repository
                .write(row)
                .call(written -> events.write(edit.events(written.id)))
                .map(written -> new Change.Done<>(registered(written)));
    }

    private Uni<String> hash(String password) {
        return OffLoop.call(() -> PasswordHash.of(password, randomness));
    }

    private void log(Edit edit, Change<RegisteredAccount> change) {
        if (change instanceof Change.Done<RegisteredAccount> done) {
            events.log(edit.events(done.value().id()));
        }
    }

    private RegisteredAccount registered(AccountEntity row) {
        return AccountRows.registered(row, ownership.isDeclared(row));
    }

    private static <T> Uni<Change<T>> invalid(List<Violation> violations) {
        return Uni.createFrom().item(new Change.Invalid<>(violations));
    }
}
