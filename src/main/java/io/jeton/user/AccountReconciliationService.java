package io.jeton.user;

import io.jeton.crypto.PasswordHash;
import io.jeton.crypto.Randomness;
import io.jeton.database.OffLoop;
import io.jeton.managed.Reconciled;
import io.jeton.managed.Source;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the accounts say what is declared. Any number of replicas may do it at once: the second finds nothing to do.
 * What is declared takes over whatever has its name.
 */
@ApplicationScoped
public final class AccountReconciliationService {
    private final AccountRepository repository;
    private final AccountEvents events;
    private final Randomness randomness;
    private final Clock clock;

    AccountReconciliationService(
            AccountRepository repository, AccountEvents events, Randomness randomness, Clock clock) {
        this.repository = repository;
        this.events = events;
        this.randomness = randomness;
        this.clock = clock;
    }

    /** Hashes passwords, where the hash that is there does not fit: slow on purpose, so before anything is locked. */
    public Uni<PreparedAccounts> prepare(List<DeclaredAccount> declared) {
        Set<String> names = declared.stream().map(DeclaredAccount::name).collect(Collectors.toSet());
        return repository.passwordHashes(names).chain(seen -> OffLoop.call(() -> prepare(declared, seen)));
    }

    /**
     * Writes what differs. What {@link Source#DECLARATION} declared and declares no longer is disabled. Fails with
     * {@link ChangedMeanwhileException} where it must be prepared again.
     */
    public Uni<Reconciled> reconcile(SqlConnection tx, Source source, PreparedAccounts prepared) {
        Set<String> names =
                prepared.accounts().stream().map(AccountSpecification::name).collect(Collectors.toSet());
        String owned = source == Source.DECLARATION ? source.name() : "";
        return repository
                .lock(tx)
                .chain(() -> repository.findLocked(tx, names, owned))
                .chain(present -> write(tx, source, prepared, present))
                .call(done -> events.write(tx, AccountEvents.reconciled(done)));
    }

    /** The same in a transaction of its own. */
    Uni<Reconciled> reconcile(Source source, PreparedAccounts prepared) {
        return repository.inTransaction(tx -> reconcile(tx, source, prepared));
    }

    /** Tells of what was done, once it is committed. */
    public void tell(Reconciled reconciled) {
        events.log(AccountEvents.reconciled(reconciled));
    }

    private PreparedAccounts prepare(List<DeclaredAccount> declared, Map<String, String> seen) {
        Map<String, String> hashes = new HashMap<>();
        for (DeclaredAccount account : declared) {
            String hash = account.passwordHash()
                    .orElseGet(() -> hash(
                            Optional.ofNullable(seen.get(account.name())),
                            account.password().orElse("")));
            hashes.put(account.name(), hash);
        }
        return new PreparedAccounts(
                declared.stream().map(DeclaredAccount::specification).toList(), seen, hashes);
    }

    /** The hash there is, as long as it fits: every start would otherwise write another one. */
    private String hash(Optional<String> present, String password) {
        return present.filter(hash -> PasswordHash.matches(hash, password))
                .orElseGet(() -> PasswordHash.of(password, randomness));
    }

    private Uni<Reconciled> write(
            SqlConnection tx, Source source, PreparedAccounts prepared, List<StoredAccount> stored) {
        Map<String, AccountRow> present = stored.stream()
                .map(StoredAccount::row)
                .collect(Collectors.toMap(AccountRow::name, Function.identity()));
        if (isStale(prepared, present)) {
            return Uni.createFrom().failure(new ChangedMeanwhileException());
        }
        Reconciled done = new Reconciled(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<AccountRow> created = new ArrayList<>();
        List<AccountRow> changed = new ArrayList<>();
        for (AccountSpecification account : prepared.accounts()) {
            Optional<AccountRow> row = Optional.ofNullable(present.get(account.name()));
            AccountRow declared = new AccountRow(
                    row.map(AccountRow::id).orElseGet(randomness::id),
                    account,
                    prepared.hashes().getOrDefault(account.name(), ""),
                    source);
            if (row.isEmpty()) {
                done.created().add(declared.id().toString());
                created.add(declared);
            } else if (!declared.equals(row.get())) {
                done.changed().add(declared.id().toString());
                changed.add(declared);
            }
        }
        present.values().stream()
                .filter(row -> !prepared.hashes().containsKey(row.name())
                        && row.withdrawnAt().isEmpty())
                .forEach(row -> {
                    done.withdrawn().add(row.id().toString());
                    changed.add(row.withdrawn(clock.instant()));
                });
        return repository
                .insert(tx, created)
                .chain(() -> repository.update(tx, changed))
                .chain(() -> repository.endSessions(tx, exchanged(prepared, present.values())))
                .replaceWith(done);
    }

    /** Whether a password is another one than when it was decided which of them fit. */
    private static boolean isStale(PreparedAccounts prepared, Map<String, AccountRow> present) {
        return prepared.accounts().stream()
                .map(AccountSpecification::name)
                .anyMatch(name -> !Objects.equals(
                        prepared.seen().get(name),
                        present.containsKey(name) ? present.get(name).passwordHash() : null));
    }

    /** Who gets another password: whoever is signed in with the former one is so no longer. */
    private static List<UUID> exchanged(PreparedAccounts prepared, Collection<AccountRow> present) {
        return present.stream()
                .filter(row -> !prepared.hashes()
                        .getOrDefault(row.name(), row.passwordHash())
                        .equals(row.passwordHash()))
                .map(AccountRow::id)
                .toList();
    }
}
