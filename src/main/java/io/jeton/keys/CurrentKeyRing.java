package io.jeton.keys;

import io.jeton.crypto.MacKeys;
import io.jeton.database.TableChanged;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The key ring of this replica: made at start, renewed when told of a change and every so often without. */
@ApplicationScoped
public final class CurrentKeyRing {
    private static final Logger LOG = Logger.getLogger(CurrentKeyRing.class);
    private static final int BEFORE_ANYTHING_SIGNS = 10;

    private final KeyRepository repository;
    private final KeyRotation rotation;
    private final KeyCustody custody;
    private final Event<KeyRingRenewed> renewals;
    private volatile @Nullable KeyRing ring;
    private Instant readAt = Instant.EPOCH;

    CurrentKeyRing(KeyRepository repository, KeyRotation rotation, KeyCustody custody, Event<KeyRingRenewed> renewals) {
        this.repository = repository;
        this.rotation = rotation;
        this.custody = custody;
        this.renewals = renewals;
    }

    void start(@Observes @Priority(BEFORE_ANYTHING_SIGNS) StartupEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> rotation.run().chain(this::reload));
    }

    @Scheduled(every = "{jeton.keys.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> rotate() {
        return rotation.run();
    }

    @Scheduled(every = "{jeton.database.reload-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reloadWithoutNotification() {
        return ring == null ? Uni.createFrom().voidItem() : reload();
    }

    /** An operator may have deleted the active key: its successor takes over now, not at the next look. */
    void onChange(@Observes TableChanged change) {
        if (change.concerns("signing_key")) {
            rotation.run()
                    .chain(this::reload)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.warnf("the key ring is not renewed: %s", failure.getMessage()));
        }
    }

    /** Renews the ring from the database. */
    public Uni<Void> reload() {
        return repository
                .read()
                .invoke(this::renew)
                .invoke(() -> renewals.fire(new KeyRingRenewed()))
                .replaceWithVoid();
    }

    /** Two reloads may end in another order than they began. */
    private synchronized void renew(KeyRepository.Snapshot snapshot) {
        if (!snapshot.now().isBefore(readAt)) {
            ring = KeyRing.of(snapshot.keys(), custody);
            readAt = snapshot.now();
        }
    }

    boolean isLoaded() {
        return ring != null;
    }

    KeyRing get() {
        KeyRing current = ring;
        if (current == null) {
            throw new IllegalStateException("the key ring is not loaded yet");
        }
        return current;
    }

    /** The MAC secrets in force, for those who seal tokens and need not know how keys live. */
    @Produces
    @Singleton
    Supplier<MacKeys> macKeys() {
        return () -> get().macKeys();
    }
}
