package io.jeton.declaration;

import io.jeton.client.ClientReconciliationService;
import io.jeton.client.DeclaredClient;
import io.jeton.managed.Reconciled;
import io.jeton.managed.Source;
import io.jeton.user.AccountReconciliationService;
import io.jeton.user.ChangedMeanwhileException;
import io.jeton.user.PreparedAccounts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Applies what the file declares: all of it in one transaction, or nothing. */
@ApplicationScoped
final class DeclarationService {
    private static final Logger LOG = Logger.getLogger(DeclarationService.class);
    private static final int ATTEMPTS = 10;

    private final ClientReconciliationService clients;
    private final AccountReconciliationService accounts;

    DeclarationService(ClientReconciliationService clients, AccountReconciliationService accounts) {
        this.clients = clients;
        this.accounts = accounts;
    }

    /** What was changed. */
    record Applied(Reconciled clients, Reconciled users) {}

    /** @param declarations without problems */
    Uni<Applied> apply(Declarations declarations) {
        return accounts.prepare(declarations.users())
                .chain(prepared -> write(declarations.clients(), prepared))
                .onFailure(ChangedMeanwhileException.class)
                .retry()
                .atMost(ATTEMPTS)
                .call(this::tell);
    }

    private Uni<Applied> write(List<DeclaredClient> declared, PreparedAccounts prepared) {
        return clients.inTransaction(tx -> clients.reconcile(tx, Source.DECLARATION, declared)
                .chain(done ->
                        accounts.reconcile(tx, Source.DECLARATION, prepared).map(users -> new Applied(done, users))));
    }

    private Uni<Void> tell(Applied applied) {
        accounts.tell(applied.users());
        LOG.infof("declarations: clients %s, users %s", applied.clients(), applied.users());
        return clients.tell(applied.clients());
    }
}
