package io.jeton.user;

import io.jeton.crypto.PasswordHash;
import io.jeton.crypto.Randomness;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;

/** Writes the accounts which the configuration declares, all checked before the first is written. */
@ApplicationScoped
final class AccountDeclarations {
    private static final int WITH_THE_CLIENTS = 20;
    private static final int LEAST_PASSWORD = 8;

    private final AccountConfig config;
    private final AccountRepository repository;
    private final Randomness randomness;

    AccountDeclarations(AccountConfig config, AccountRepository repository, Randomness randomness) {
        this.config = config;
        this.repository = repository;
        this.randomness = randomness;
    }

    void start(@Observes @Priority(WITH_THE_CLIENTS) StartupEvent event) throws Throwable {
        config.all().forEach(AccountDeclarations::check);
        for (Map.Entry<String, AccountConfig.Declaration> entry : config.all().entrySet()) {
            declare(entry.getKey(), entry.getValue());
        }
    }

    static void check(String name, AccountConfig.Declaration declaration) {
        String property = "jeton.accounts.\"" + name + "\"";
        if (name.isBlank() || !name.equals(name.strip()) || name.length() > Credentials.LONGEST_NAME) {
            throw new ConfigurationException(property + ": the name of an account has 1 to 100 characters,"
                    + " and no space before or after them");
        }
        if (declaration.password().length() < LEAST_PASSWORD) {
            throw new ConfigurationException(property + ".password must have at least 8 characters");
        }
    }

    private void declare(String name, AccountConfig.Declaration declaration) throws Throwable {
        Optional<AccountEntity> stored = VertxContextSupport.subscribeAndAwait(() -> repository.findByName(name));
        AccountEntity account = new AccountEntity();
        account.id = randomness.id();
        account.name = name;
        account.enabled = declaration.enabled();
        account.passwordHash = hash(stored, declaration.password());
        VertxContextSupport.subscribeAndAwait(() -> repository.save(account));
    }

    /** The hash there is, as long as it fits: every start would otherwise write another one. */
    private String hash(Optional<AccountEntity> stored, String password) {
        return stored.map(account -> account.passwordHash)
                .filter(hash -> PasswordHash.matches(hash, password))
                .orElseGet(() -> PasswordHash.of(password, randomness));
    }
}
