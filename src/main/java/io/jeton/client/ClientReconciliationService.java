package io.jeton.client;

import io.jeton.managed.Reconciled;
import io.jeton.managed.Source;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * Writes what differs, in the caller's transaction or one of its own. What {@link Source#DECLARATION} declared and
     * declares no longer is disabled; what the configuration declares no longer stays, since another replica may still
     * declare it.
     *
     * @param declared without violations
     */
    @WithTransaction
    public Uni<Reconciled> reconcile(Source source, List<DeclaredClient> declared) {
        Map<String, DeclaredClient> wanted = declared.stream()
                .collect(Collectors.toMap(DeclaredClient::id, Function.identity(), (a, b) -> b, TreeMap::new));
        String owned = source == Source.DECLARATION ? source.name() : "";
        return repository
                .lock()
                .chain(() -> repository.findLocked(idsOrNone(wanted.keySet()), owned))
                .chain(rows -> write(source, wanted, rows))
                .call(done -> events.write(ClientEvents.reconciled(done)));
    }

    /** Tells of what was done, once it is committed. */
    public Uni<Void> tell(Reconciled reconciled) {
        return events.tell(ClientEvents.reconciled(reconciled));
    }

    private Uni<Reconciled> write(Source source, Map<String, DeclaredClient> wanted, List<ClientEntity> rows) {
        Reconciled done = new Reconciled(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, ClientEntity> present = rows.stream().collect(Collectors.toMap(row -> row.id, row -> row));
        Map<String, Long> before = rows.stream().collect(Collectors.toMap(row -> row.id, row -> row.version));
        List<ClientEntity> created = new ArrayList<>();
        wanted.forEach((id, client) -> {
            ClientEntity row = present.get(id);
            if (row == null) {
                row = new ClientEntity();
                created.add(row);
                done.created().add(id);
            }
            declare(row, source, client);
        });
        rows.stream()
                .filter(row -> !wanted.containsKey(row.id) && row.withdrawnAt == null)
                .forEach(row -> {
                    withdraw(row);
                    done.withdrawn().add(row.id);
                });
        return repository.writeAll(created).replaceWith(() -> {
            rows.stream()
                    .filter(row -> wanted.containsKey(row.id) && row.version != before.getOrDefault(row.id, 0L))
                    .forEach(row -> done.changed().add(row.id));
            return done;
        });
    }

    private void declare(ClientEntity row, Source source, DeclaredClient client) {
        ClientRows.write(rules.complete(client.specification()), row);
        secrets.declare(row, client.secret());
        row.source = source.name();
        row.withdrawnAt = null;
    }

    private void withdraw(ClientEntity row) {
        row.enabled = false;
        row.withdrawnAt = OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
    }

    /** An empty list is no list in SQL; no client has an empty id. */
    private static Set<String> idsOrNone(Set<String> ids) {
        return ids.isEmpty() ? Set.of("") : ids;
    }
}
