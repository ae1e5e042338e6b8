package io.jeton.user;

import io.jeton.crypto.PasswordHash;
import io.jeton.crypto.Randomness;
import io.jeton.database.OffLoop;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Whether a name and a password belong together. An unknown name costs the same work as a wrong password. */
@Startup
@ApplicationScoped
final class PasswordCheck {
    private static final String NOBODY = "";

    /** Half of the processors, so that a flood of sign-ins leaves the devices the other half. */
    private static final int HASHING = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int WAITING = 16 * HASHING;

    private final AccountRepository accounts;
    private final CompletableFuture<String> decoy;
    private final ExecutorService hashing = new ThreadPoolExecutor(
            HASHING,
            HASHING,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> new Thread(work, "password-hash"));

    PasswordCheck(AccountRepository accounts, Randomness randomness) {
        this.accounts = accounts;
        // At start, hence the annotation, so that the first unknown name takes no longer than the next; nobody waits
        // for it.
        this.decoy = CompletableFuture.supplyAsync(() -> PasswordHash.of(NOBODY, randomness), hashing);
    }

    @PreDestroy
    void stop() {
        hashing.shutdownNow();
    }

    /**
     * What a check came to.
     *
     * @param named the account of that name, whatever the password was
     */
    record Checked(Optional<AccountRow> account, Optional<UUID> named) {}

    /**
     * The account, or none where the name is unknown, the password wrong or the account disabled; the failure
     * {@link java.util.concurrent.RejectedExecutionException} where too many are waiting already.
     */
    Uni<Checked> check(Credentials credentials) {
        if (!credentials.arePlausible()) {
            return Uni.createFrom().item(new Checked(Optional.empty(), Optional.empty()));
        }
        return accounts.findByName(credentials.name()).chain(stored -> compare(stored, credentials.password()));
    }

    /** On threads of its own: the hash is slow on purpose. */
    private Uni<Checked> compare(Optional<StoredAccount> stored, String password) {
        return OffLoop.call(
                        hashing,
                        () -> PasswordHash.matches(
                                stored.map(account -> account.row().passwordHash())
                                        .orElseGet(decoy::join),
                                password))
                .map(matches -> new Checked(
                        stored.map(StoredAccount::row)
                                .filter(row -> matches && row.account().enabled()),
                        stored.map(StoredAccount::id)));
    }
}
