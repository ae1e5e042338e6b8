package io.jeton.status;

import io.jeton.database.TableChanged;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.KeyRingRenewed;
import io.jeton.keys.TokenSigner;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The status lists of this replica: made at start, renewed when told of a change and every so often without. Renewals never
 * overtake each other. While the database is away the lists stay as they are, until they expire.
 */
@ApplicationScoped
public final class CurrentStatusLists {
    private static final Logger LOG = Logger.getLogger(CurrentStatusLists.class);
    private static final int AFTER_THE_KEYS = 40;
    /** Thousands of devices that are revoked one by one are a list a second, not thousands. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TokenStatusRepository repository;
    private final StatusListRendering rendering;
    private final TokenSigner signer;
    private final Coalesced renewal = new Coalesced(this::renewOrTell, PAUSE);
    private final Clock clock;
    private volatile List<StatusListToken> lists = List.of();
    private volatile Instant renewedAt = Instant.EPOCH;

    CurrentStatusLists(
            TokenStatusRepository repository, StatusListRendering rendering, TokenSigner signer, Clock clock) {
        this.repository = repository;
        this.rendering = rendering;
        this.signer = signer;
        this.clock = clock;
    }

    void start(@Observes @Priority(AFTER_THE_KEYS) StartupEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(this::renew);
        // Nobody was told of what changed meanwhile.
        renewal.request();
    }

    @Scheduled(every = "{jeton.database.reload-every}")
    void renewWithoutNotification() {
        requestOnceStarted();
    }

    void onChange(@Observes TableChanged change) {
        if (change.concerns("token_status")) {
            requestOnceStarted();
        }
    }

    /** What a deleted key signed, verifiers refuse. */
    void onKeys(@Observes KeyRingRenewed renewed) {
        String kid = signer.kid(KeyAlgorithm.ES256);
        if (lists.stream().anyMatch(list -> !list.kid().equals(kid))) {
            renewal.request();
        }
    }

    private void requestOnceStarted() {
        if (!lists.isEmpty()) {
            renewal.request();
        }
    }

    Optional<StatusListToken> find(int list) {
        List<StatusListToken> present = lists;
        return list < present.size() ? Optional.of(present.get(list)) : Optional.empty();
    }

    /** How many lists are served. */
    int count() {
        return lists.size();
    }

    /** When the lists were last what the rows say. */
    Instant renewedAt() {
        return renewedAt;
    }

    private Uni<Void> renew() {
        return repository
                .read()
                .ifNoItem()
                .after(PATIENCE)
                .failWith(TimeoutException::new)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(statuses -> rendering.render(statuses, lists))
                .invoke(rendered -> {
                    lists = rendered;
                    renewedAt = clock.instant();
                })
                .replaceWithVoid();
    }

    private Uni<Void> renewOrTell() {
        return renew().onFailure().invoke(failure -> LOG.warnf("status lists are not renewed: %s", failure.toString()));
    }
}
