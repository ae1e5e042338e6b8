package io.jeton.client;

import io.jeton.crypto.KeyEncryption;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Seals secrets anew that a former key-encryption key sealed, so that it can be left out of the configuration. */
@ApplicationScoped
final class ClientSecretSealing {
    private static final Logger LOG = Logger.getLogger(ClientSecretSealing.class);
    private static final int BEFORE_THE_REGISTRY = 25;

    private final ClientRepository repository;
    private final KeyEncryption encryption;

    ClientSecretSealing(ClientRepository repository, KeyEncryption encryption) {
        this.repository = repository;
        this.encryption = encryption;
    }

    void start(@Observes @Priority(BEFORE_THE_REGISTRY) StartupEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(this::run);
    }

    @Scheduled(every = "{jeton.keys.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return repository
                .findSealed()
                .map(rows -> rows.stream()
                        .filter(row -> isFormer(row.sealedSecret) || isFormer(row.formerSealedSecret))
                        .toList())
                .chain(this::sealAnew);
    }

    private Uni<Void> sealAnew(List<ClientEntity> rows) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> sealAnew(row)
                        .onFailure(IllegalStateException.class)
                        .invoke(failure -> LOG.errorf(
                                "the secret of client %s is not sealed anew: %s", row.id, failure.getMessage()))
                        .onFailure(IllegalStateException.class)
                        .recoverWithItem(0))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> sealAnew(ClientEntity row) {
        return Uni.createFrom()
                .deferred(() ->
                        repository.sealAnew(row, anew(row.id, row.sealedSecret), anew(row.id, row.formerSealedSecret)));
    }

    private boolean isFormer(byte @Nullable [] sealed) {
        return sealed != null && !encryption.isCurrent(sealed);
    }

    private byte @Nullable [] anew(String id, byte @Nullable [] sealed) {
        if (sealed == null) {
            return null;
        }
        String context = ClientSecrets.context(id);
        return encryption.seal(encryption.open(sealed, context), context);
    }
}
