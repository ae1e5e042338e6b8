package io.jeton.user;

import io.jeton.crypto.PasswordHash;
import io.jeton.crypto.Randomness;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Whether a name and a password belong together. An unknown name costs the same work as a wrong password. */
@Startup
@ApplicationScoped
final class PasswordCheck {
    private static final String NOBODY = "";

    private final AccountRepository accounts;
    private final String decoy;

    PasswordCheck(AccountRepository accounts, Randomness randomness) {
        this.accounts = accounts;
        // At start, hence the annotation: when the first person signs in it would hold up an event loop.
        this.decoy = PasswordHash.of(NOBODY, randomness);
    }

    /** The account, or nothing where the name is unknown, the password wrong or the account disabled. */
    Uni<Optional<Account>> check(Credentials credentials) {
        if (!credentials.arePlausible()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return accounts.findByName(credentials.name()).chain(stored -> compare(stored, credentials.password()));
    }

    /** On a worker thread: the hash is slow on purpose. */
    private Uni<Optional<Account>> compare(Optional<AccountEntity> stored, String password) {
        String hash = stored.map(account -> account.passwordHash).orElse(decoy);
        return Uni.createFrom()
                .item(() -> PasswordHash.matches(hash, password))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(matches -> stored.filter(account -> matches && account.enabled)
                        .map(account -> new Account(account.id, account.name)));
    }
}
