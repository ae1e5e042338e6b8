package io.jeton.client;

import io.jeton.database.TableChanged;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** All clients, in memory: client authentication asks no database. Renewed when told of a change, and every so often. */
@ApplicationScoped
public final class ClientRegistry {
    private static final Logger LOG = Logger.getLogger(ClientRegistry.class);
    private static final int AFTER_DECLARATIONS = 30;

    private final ClientRepository repository;
    private final AtomicLong begun = new AtomicLong();
    private long renewed;
    private volatile Map<String, Client> clients = Map.of();

    ClientRegistry(ClientRepository repository) {
        this.repository = repository;
    }

    void start(@Observes @Priority(AFTER_DECLARATIONS) StartupEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(this::reload);
    }

    @Scheduled(every = "{jeton.database.reload-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> reloadWithoutNotification() {
        return reload();
    }

    void onChange(@Observes TableChanged change) {
        if (change.concerns("client")) {
            reload().subscribe()
                    .with(done -> {}, failure -> LOG.warnf("clients are not renewed: %s", failure.getMessage()));
        }
    }

    /** Renews the copy from the database. */
    public Uni<Void> reload() {
        return Uni.createFrom()
                .deferred(() -> {
                    long turn = begun.incrementAndGet();
                    return repository.clients().invoke(all -> renew(turn, all));
                })
                .replaceWithVoid();
    }

    /** Two reloads may end in another order than they began. */
    private synchronized void renew(long turn, List<Client> all) {
        if (turn > renewed) {
            clients = all.stream().collect(Collectors.toUnmodifiableMap(Client::id, Function.identity()));
            renewed = turn;
        }
    }

    /** A client that may act: an unknown and a disabled one are the same to the outside. */
    public Optional<Client> find(String id) {
        return Optional.ofNullable(clients.get(id)).filter(Client::enabled);
    }

    /** The ids of those whose access or ID tokens a key of this algorithm signs, in order. */
    public List<String> signedBy(String algorithm) {
        return clients.values().stream()
                .filter(Client::enabled)
                .filter(client -> client.tokens().accessTokenAlgorithm().equals(algorithm)
                        || client.tokens().idTokenAlgorithm().equals(algorithm))
                .map(Client::id)
                .sorted()
                .toList();
    }
}
