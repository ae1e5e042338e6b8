package io.jeton.user;

import io.jeton.audit.Actor;
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

    public Uni<Change<RegisteredAccount>> create(Actor by, AccountSpecification account, String password) {
        List<Violation> violations =
                AccountRules.violations(new DeclaredAccount(account, Optional.of(password), Optional.empty()));
        return violations.isEmpty()
                ? hash(password)
                        .chain(hash -> insert(account, hash))
                        .invoke(change -> tell(by, "account.create", change))
                : invalid(violations);
    }

    /** Describes an account anew, its name included; what belongs to it stays with it. */
    public Uni<Change<RegisteredAccount>> update(
            Actor by, UUID id, AccountSpecification account, OptionalLong version) {
        List<Violation> violations = AccountRules.violations(account);
        return violations.isEmpty()
                ? rename(id, account, version).invoke(change -> tell(by, "account.update", change))
                : invalid(violations);
    }

    /** What the person approved before stops working, and works again when the account is enabled again. */
    public Uni<Change<RegisteredAccount>> disable(Actor by, UUID id, OptionalLong version) {
        return edit(id, version, row -> row.enabled = false).invoke(change -> tell(by, "account.disable", change));
    }

    public Uni<Change<RegisteredAccount>> enable(Actor by, UUID id, OptionalLong version) {
        return edit(id, version, row -> row.enabled = true).invoke(change -> tell(by, "account.enable", change));
    }

    /** Another password: whoever is signed in with the former one is so no longer. */
    public Uni<Change<RegisteredAccount>> setPassword(Actor by, UUID id, String password, OptionalLong version) {
        List<Violation> violations = AccountRules.ofPassword(password);
        return violations.isEmpty()
                ? hash(password)
                        .chain(hash -> exchangePassword(id, hash, version))
                        .invoke(change -> tell(by, "account.set_password", change))
                : invalid(violations);
    }

    /** Ends every session of a person, wherever the account is declared. The value says how many they were. */
    public Uni<Change<Integer>> signOutEverywhere(Actor by, UUID id) {
        return endSessions(id).invoke(change -> {
            if (change instanceof Change.Done<Integer>) {
                events.tell(by, "account.sign_out_everywhere", id.toString());
            }
        });
    }

    /**
     * Deletes an account with all that belongs to it: sessions, devices, their grants and refresh tokens. Access tokens
     * live on until they expire. The value says how many devices went along.
     */
    public Uni<Change<Long>> delete(Actor by, UUID id, OptionalLong version) {
        return remove(id, version).invoke(change -> {
            if (change instanceof Change.Done<Long>) {
                events.tell(by, "account.delete", id.toString());
            }
        });
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> insert(AccountSpecification account, String hash) {
        return alone(account.name(), null).chain(free -> {
            AccountEntity row = new AccountEntity();
            row.id = randomness.id();
            row.passwordHash = hash;
            AccountRows.write(account, row);
            return free ? write(row) : Uni.createFrom().item(new Change.AlreadyExists<>());
        });
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> rename(UUID id, AccountSpecification account, OptionalLong version) {
        return alone(account.name(), id)
                .chain(free -> free
                        ? edit(id, version, row -> AccountRows.write(account, row))
                        : Uni.createFrom().item(new Change.AlreadyExists<>()));
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> exchangePassword(UUID id, String hash, OptionalLong version) {
        return edit(id, version, row -> row.passwordHash = hash)
                .call(change -> change instanceof Change.Done<RegisteredAccount>
                        ? repository.endSessions(List.of(id))
                        : Uni.createFrom().nullItem());
    }

    @WithTransaction
    Uni<Change<RegisteredAccount>> edit(UUID id, OptionalLong version, Consumer<AccountEntity> edit) {
        return repository.findLocked(id).chain(row -> this.<RegisteredAccount>refusal(row, version)
                .map(refused -> Uni.createFrom().item(refused))
                .orElseGet(() -> {
                    edit.accept(row.orElseThrow());
                    return write(row.orElseThrow());
                }));
    }

    @WithTransaction
    Uni<Change<Long>> remove(UUID id, OptionalLong version) {
        return repository.findLocked(id).chain(row -> this.<Long>refusal(row, version)
                .map(refused -> Uni.createFrom().item(refused))
                .orElseGet(() ->
                        repository.deleteWithDevices(row.orElseThrow()).map(devices -> new Change.Done<>(devices))));
    }

    @WithTransaction
    Uni<Change<Integer>> endSessions(UUID id) {
        return repository
                .findLocked(id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(new Change.NotFound<>())
                        : repository.endSessions(List.of(id)).map(sessions -> new Change.Done<>(sessions)));
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

    private Uni<Change<RegisteredAccount>> write(AccountEntity row) {
        row.source = Source.API.name();
        row.withdrawnAt = null;
        return repository.write(row).map(written -> new Change.Done<>(registered(written)));
    }

    private Uni<String> hash(String password) {
        return OffLoop.call(() -> PasswordHash.of(password, randomness));
    }

    private void tell(Actor by, String event, Change<RegisteredAccount> change) {
        if (change instanceof Change.Done<RegisteredAccount> done) {
            events.tell(by, event, done.value().id().toString());
        }
    }

    private RegisteredAccount registered(AccountEntity row) {
        return AccountRows.registered(row, ownership.isDeclared(row));
    }

    private static <T> Uni<Change<T>> invalid(List<Violation> violations) {
        return Uni.createFrom().item(new Change.Invalid<>(violations));
    }
}
