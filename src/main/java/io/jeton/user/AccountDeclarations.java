package io.jeton.user;

import io.jeton.managed.Source;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the accounts which the configuration declares, all checked before the first is written. */
@ApplicationScoped
final class AccountDeclarations {
    private static final int WITH_THE_CLIENTS = 20;
    private static final int ATTEMPTS = 10;

    private final AccountConfig config;
    private final AccountReconciliationService accounts;

    AccountDeclarations(AccountConfig config, AccountReconciliationService accounts) {
        this.config = config;
        this.accounts = accounts;
    }

    /** @throws ConfigurationException with all that is wrong, by property */
    void start(@Observes @Priority(WITH_THE_CLIENTS) StartupEvent event) throws Throwable {
        List<DeclaredAccount> declared = config.all().entrySet().stream()
                .map(entry -> declared(entry.getKey(), entry.getValue()))
                .toList();
        String wrong = declared.stream()
                .flatMap(account -> AccountRules.violations(account).stream()
                        .map(found -> found.within("jeton.accounts.\"" + account.name() + "\"")
                                .sentence()))
                .collect(Collectors.joining("\n"));
        if (!wrong.isEmpty()) {
            throw new ConfigurationException(wrong);
        }
        if (!declared.isEmpty()) {
            VertxContextSupport.subscribeAndAwait(() -> write(declared));
        }
    }

    private Uni<Void> write(List<DeclaredAccount> declared) {
        return accounts.prepare(declared)
                .chain(prepared -> accounts.reconcile(Source.CONFIGURATION, prepared))
                .onFailure(ChangedMeanwhileException.class)
                .retry()
                .atMost(ATTEMPTS)
                .invoke(accounts::tell)
                .replaceWithVoid();
    }

    private static DeclaredAccount declared(String name, AccountConfig.Declaration said) {
        return new DeclaredAccount(
                new AccountSpecification(name, said.enabled(), said.roles().orElse(List.of())),
                said.password(),
                Optional.empty());
    }
}
