package io.jeton.keys;

import io.jeton.audit.Actor;
import io.jeton.crypto.KeyEncryption;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Seals anew by itself, while former key-encryption keys are configured. */
@ApplicationScoped
final class RewrapJob {
    private static final int AFTER_THE_KEYS = 20;

    private final KeyEncryption encryption;
    private final Rewrap rewrap;

    RewrapJob(KeyEncryption encryption, Rewrap rewrap) {
        this.encryption = encryption;
        this.rewrap = rewrap;
    }

    void start(@Observes @Priority(AFTER_THE_KEYS) StartupEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(this::run);
    }

    @Scheduled(every = "{jeton.keys.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return encryption.formerIds().isEmpty()
                ? Uni.createFrom().voidItem()
                : rewrap.run(Actor.SYSTEM).replaceWithVoid();
    }
}
