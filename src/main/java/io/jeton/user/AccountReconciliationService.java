package io.jeton.user;

import io.jeton.crypto.PasswordHash;
import io.jeton.crypto.Randomness;
import io.jeton.database.OffLoop;
import io.jeton.managed.Reconciled;
import io.jeton.managed.Source;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
        return repository.passwordHashes(orNone(names)).chain(seen -> OffLoop.call(() -> prepare(declared, seen)));
    }

    /**
     * Writes what differs, in the caller's transaction or one of its own. What {@link Source#DECLARATION} declared and
     * declares no longer is disabled. Fails with {@link ChangedMeanwhileException} where it must be prepared again.
     */
    @WithTransaction
    public Uni<Reconciled> reconcile(Source source, PreparedAccounts prepared) {
        Set<String> names =
                prepared.accounts().stream().map(AccountSpecification::name).collect(Collectors.toSet());
        String owned = source == Source.DECLARATION ? source.name() : "";
        return repository
                .lock()
                .chain(() -> repository.findLocked(orNone(names), owned))
                .chain(rows -> write(source, prepared, rows))
                .call(done -> events.write(AccountEvents.reconciled(done)));
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

    private Uni<Reconciled> write(Source source, PreparedAccounts prepared, List<AccountEntity> rows) {
        Map<String, AccountEntity> present =
                rows.stream().collect(Collectors.toMap(row -> row.name, Function.identity()));
        if (isStale(prepared, present)) {
            return Uni.createFrom().failure(new ChangedMeanwhileException());
        }
        Map<String, Long> before = rows.stream().collect(Collectors.toMap(row -> row.name, row -> row.version));
        List<UUID> exchanged = exchanged(prepared, rows);
        Reconciled done = new Reconciled(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<AccountEntity> created = new ArrayList<>();
        for (AccountSpecification account : prepared.accounts()) {
            AccountEntity row = present.get(account.name());
            if (row == null) {
                row = new AccountEntity();
                row.id = randomness.id();
                created.add(row);
                done.created().add(row.id.toString());
            }
            declare(row, source, account, prepared);
        }
        rows.stream()
                .filter(row -> !prepared.hashes().containsKey(row.name) && row.withdrawnAt == null)
                .forEach(row -> {
                    withdraw(row);
                    done.withdrawn().add(row.id.toString());
                });
        return repository
                .writeAll(created)
                .chain(() -> repository.endSessions(exchanged))
                .replaceWith(() -> withChanged(done, prepared, rows, before));
    }

    /** Whether a password is another one than when it was decided which of them fit. */
    private static boolean isStale(PreparedAccounts prepared, Map<String, AccountEntity> present) {
        return prepared.accounts().stream()
                .map(AccountSpecification::name)
                .anyMatch(name -> !Objects.equals(
                        prepared.seen().get(name), present.containsKey(name) ? present.get(name).passwordHash : null));
    }

    private static void declare(
            AccountEntity row, Source source, AccountSpecification account, PreparedAccounts prepared) {
        AccountRows.write(account, row);
        row.passwordHash = prepared.hashes().getOrDefault(account.name(), "");
        row.source = source.name();
        row.withdrawnAt = null;
    }

    /** The rows whose version has grown as they were written: where nothing differs, Hibernate writes nothing. */
    private static Reconciled withChanged(
            Reconciled done, PreparedAccounts prepared, List<AccountEntity> rows, Map<String, Long> before) {
        rows.stream()
                .filter(row ->
                        prepared.hashes().containsKey(row.name) && row.version != before.getOrDefault(row.name, 0L))
                .forEach(row -> done.changed().add(row.id.toString()));
        return done;
    }

    /** Who gets another password: whoever is signed in with the former one is so no longer. */
    private static List<UUID> exchanged(PreparedAccounts prepared, List<AccountEntity> rows) {
        return rows.stream()
                .filter(row -> !prepared.hashes()
                        .getOrDefault(row.name, row.passwordHash)
                        .equals(row.passwordHash))
                .map(row -> row.id)
                .toList();
    }

    private void withdraw(AccountEntity row) {
        row.enabled = false;
        row.withdrawnAt = OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }

    /** An empty list is no list in SQL; nobody has an empty name. */
    private static Set<String> orNone(Set<String> names) {
        return names.isEmpty() ? Set.of("") : names;
    }
}
