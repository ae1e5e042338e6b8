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
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
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
    private record Edit(Author by, String event, UnaryOperator<AccountRow> work) {
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
                    Edit create = new Edit(by, "account.create", UnaryOperator.identity());
                    AccountRow row = new AccountRow(randomness.id(), account, hash, Source.API);
                    return insert(row, create).invoke(change -> log(create, change));
                })
                : invalid(violations);
    }

    /** Describes an account anew, its name included; what belongs to it stays with it. */
    public Uni<Change<RegisteredAccount>> update(
            Author by, UUID id, AccountSpecification account, OptionalLong version) {
        List<Violation> violations = AccountRules.violations(account);
        Edit update = new Edit(by, "account.update", row -> row.with(account));
        return violations.isEmpty()
                ? rename(id, account.name(), version, update).invoke(change -> log(update, change))
                : invalid(violations);
    }

    /** What the person approved before stops working, and works again when the account is enabled again. */
    public Uni<Change<RegisteredAccount>> disable(Author by, UUID id, OptionalLong version) {
        return change(id, version, new Edit(by, "account.disable", row -> enabled(row, false)));
    }

    public Uni<Change<RegisteredAccount>> enable(Author by, UUID id, OptionalLong version) {
        return change(id, version, new Edit(by, "account.enable", row -> enabled(row, true)));
    }

    /** Another password: whoever is signed in with the former one is so no longer. */
    public Uni<Change<RegisteredAccount>> setPassword(Author by, UUID id, String password, OptionalLong version) {
        List<Violation> violations = AccountRules.ofPassword(password);
        return violations.isEmpty()
                ? hash(password).chain(hash -> {
                    Edit exchange = new Edit(by, "account.set_password", row -> row.withPassword(hash));
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

    private Uni<Change<RegisteredAccount>> insert(AccountRow row, Edit create) {
        return repository.inTransaction(tx -> isFree(tx, row.name(), null)
                .chain(free -> free
                        ? write(tx, Optional.empty(), row, create)
                        : Uni.createFrom().item(new Change.AlreadyExists<>())));
    }

    private Uni<Change<RegisteredAccount>> rename(UUID id, String name, OptionalLong version, Edit update) {
        return repository.inTransaction(tx -> isFree(tx, name, id)
                .chain(free ->
                        free ? edit(tx, id, version, update) : Uni.createFrom().item(new Change.AlreadyExists<>())));
    }

    private Uni<Change<RegisteredAccount>> exchangePassword(UUID id, OptionalLong version, Edit exchange) {
        return repository.inTransaction(tx -> edit(tx, id, version, exchange)
                .call(change -> change instanceof Change.Done<RegisteredAccount>
                        ? repository.endSessions(tx, List.of(id))
                        : Uni.createFrom().nullItem()));
    }

    private Uni<Change<RegisteredAccount>> edit(SqlConnection tx, UUID id, OptionalLong version, Edit edit) {
        return repository.findLocked(tx, id).chain(found -> this.<RegisteredAccount>refusal(found, version)
                .map(refused -> Uni.createFrom().item(refused))
                .orElseGet(() -> write(tx, found, found.orElseThrow().row(), edit)));
    }

    private Uni<Change<Long>> remove(UUID id, OptionalLong version, List<AuditEvent> event) {
        return repository.inTransaction(
                tx -> repository.findLocked(tx, id).chain(found -> this.<Long>refusal(found, version)
                        .map(refused -> Uni.createFrom().item(refused))
                        .orElseGet(() -> repository
                                .deleteWithDevices(tx, id)
                                .call(() -> events.write(tx, event))
                                .map(devices -> new Change.Done<>(devices)))));
    }

    private Uni<Change<Integer>> endSessions(UUID id, List<AuditEvent> event) {
        return repository.inTransaction(tx -> repository
                .findLocked(tx, id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(new Change.NotFound<>())
                        : repository
                                .endSessions(tx, List.of(id))
                                .call(() -> events.write(tx, event))
                                .map(sessions -> new Change.Done<>(sessions))));
    }

    /** Whether nobody else has this name, and nobody can take it until the transaction ends. */
    private Uni<Boolean> isFree(SqlConnection tx, String name, @Nullable UUID self) {
        return repository
                .lock(tx)
                .chain(() -> repository.findByName(tx, name))
                .map(other -> other.isEmpty() || other.get().id().equals(self));
    }

    private <T> Optional<Change<T>> refusal(Optional<StoredAccount> found, OptionalLong version) {
        return Registered.refusal(found.map(this::registered), version);
    }

    private Uni<Change<RegisteredAccount>> change(UUID id, OptionalLong version, Edit edit) {
        return repository.inTransaction(tx -> edit(tx, id, version, edit)).invoke(change -> log(edit, change));
    }

    /** What the API has changed is its own from then on. */
    private Uni<Change<RegisteredAccount>> write(
            SqlConnection tx, Optional<StoredAccount> present, AccountRow row, Edit edit) {
        AccountRow edited = edit.work.apply(row);
        return repository
                .write(tx, present, new AccountRow(edited.id(), edited.account(), edited.passwordHash(), Source.API))
                .call(written -> events.write(tx, edit.events(written.id())))
                .map(written -> new Change.Done<>(registered(written)));
    }

    private static AccountRow enabled(AccountRow row, boolean on) {
        return row.with(row.account().enabled(on));
    }

    private Uni<String> hash(String password) {
        return OffLoop.call(() -> PasswordHash.of(password, randomness));
    }

    private void log(Edit edit, Change<RegisteredAccount> change) {
        if (change instanceof Change.Done<RegisteredAccount> done) {
            events.log(edit.events(done.value().id()));
        }
    }

    private RegisteredAccount registered(StoredAccount account) {
        return AccountRows.registered(account, ownership.isDeclared(account.row()));
    }

    private static <T> Uni<Change<T>> invalid(List<Violation> violations) {
        return Uni.createFrom().item(new Change.Invalid<>(violations));
    }
}
