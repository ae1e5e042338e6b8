package io.jeton.client;

import io.jeton.managed.Reconciled;
import io.jeton.managed.Source;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the registry say what is declared. Any number of replicas may do it at once: the second finds nothing to do.
 * What is declared takes over whatever has its id.
 */
@ApplicationScoped
public final class ClientReconciliationService {
    private final ClientRepository repository;
    private final ClientRules rules;
    private final ClientSecrets secrets;
    private final ClientEvents events;
    private final Clock clock;

    ClientReconciliationService(
            ClientRepository repository, ClientRules rules, ClientSecrets secrets, ClientEvents events, Clock clock) {
        this.repository = repository;
        this.rules = rules;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
    }

    /** A transaction of which this may be a part. */
    public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return repository.inTransaction(work);
    }

    /**
     * Writes what differs. What {@link Source#DECLARATION} declared and declares no longer is disabled; what the
     * configuration declares no longer stays, since another replica may still declare it.
     *
     * @param declared without violations
     */
    public Uni<Reconciled> reconcile(SqlConnection tx, Source source, List<DeclaredClient> declared) {
        Map<String, DeclaredClient> wanted = declared.stream()
                .collect(Collectors.toMap(DeclaredClient::id, Function.identity(), (a, b) -> b, TreeMap::new));
        String owned = source == Source.DECLARATION ? source.name() : "";
        return repository
                .lock(tx)
                .chain(() -> repository.findLocked(tx, wanted.keySet(), owned))
                .chain(present -> write(tx, source, wanted, present))
                .call(done -> events.write(tx, ClientEvents.reconciled(done)));
    }

    /** The same in a transaction of its own. */
    Uni<Reconciled> reconcile(Source source, List<DeclaredClient> declared) {
        return inTransaction(tx -> reconcile(tx, source, declared));
    }

    /** Tells of what was done, once it is committed. */
    public Uni<Void> tell(Reconciled reconciled) {
        return events.tell(ClientEvents.reconciled(reconciled));
    }

    private Uni<Reconciled> write(
            SqlConnection tx, Source source, Map<String, DeclaredClient> wanted, List<StoredClient> stored) {
        Reconciled done = new Reconciled(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, ClientRow> present =
                stored.stream().map(StoredClient::row).collect(Collectors.toMap(ClientRow::id, Function.identity()));
        List<ClientRow> created = new ArrayList<>();
        List<ClientRow> changed = new ArrayList<>();
        wanted.forEach((id, client) -> {
            Optional<ClientRow> row = Optional.ofNullable(present.get(id));
            ClientRow declared = declared(source, client, row);
            if (row.isEmpty()) {
                done.created().add(id);
                created.add(declared);
            } else if (!ClientRows.isSame(declared, row.get())) {
                done.changed().add(id);
                changed.add(declared);
            }
        });
        present.values().stream()
                .filter(row ->
                        !wanted.containsKey(row.id()) && row.withdrawnAt().isEmpty())
                .forEach(row -> {
                    done.withdrawn().add(row.id());
                    changed.add(row.withdrawn(clock.instant()));
                });
        return repository
                .insert(tx, created)
                .chain(() -> repository.update(tx, changed))
                .replaceWith(done);
    }

    private ClientRow declared(Source source, DeclaredClient client, Optional<ClientRow> present) {
        ClientRow row = new ClientRow(
                rules.complete(client.specification()),
                present.map(ClientRow::secrets).orElse(HeldSecrets.NONE),
                source);
        return row.with(secrets.declare(row, client.secret()));
    }
}
