package io.jeton.client;

import io.jeton.audit.Author;
import io.jeton.managed.Change;
import io.jeton.managed.Page;
import io.jeton.managed.Registered;
import io.jeton.managed.Source;
import io.jeton.managed.Violation;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Clients as an operator manages them. A client that its source still declares is not changed here: the next
 * reconciliation would undo it. A version, where one is given, must be the present one.
 */
@ApplicationScoped
public final class ClientService {
    /** How long a former secret counts where nobody says. */
    public static final Duration OVERLAP = Duration.ofDays(7);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

    private static final Violation NO_SECRET =
            new Violation("token-endpoint-auth-method", "must be one that has a secret");

    private final ClientRepository repository;
    private final ClientRules rules;
    private final ClientSecrets secrets;
    private final ClientOwnership ownership;
    private final ClientEvents events;
    private final Clock clock;

    ClientService(
            ClientRepository repository,
            ClientRules rules,
            ClientSecrets secrets,
            ClientOwnership ownership,
            ClientEvents events,
            Clock clock) {
        this.repository = repository;
        this.rules = rules;
        this.secrets = secrets;
        this.ownership = ownership;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A change to a row.
     *
     * @param event what the trail calls it
     * @param ofSecret whether it is for clients with a secret alone
     * @param work changes the row; the secret that it made
     */
    record Edit(Author by, String event, boolean ofSecret, Function<ClientEntity, Optional<String>> work) {}

    public Uni<Optional<RegisteredClient>> find(String id) {
        return repository.find(id).map(found -> found.map(this::registered));
    }

    /** Clients by id. */
    public Uni<Page<RegisteredClient>> list(Page.Request page) {
        return repository
                .list(page)
                .map(rows -> Page.of(rows.stream().map(this::registered).toList(), page.size(), RegisteredClient::id));
    }

    /** Registers a client; its secret, where its method has one, is made here. */
    public Uni<Change<IssuedClient>> create(Author by, ClientSpecification client) {
        List<Violation> violations = rules.violations(client);
        return violations.isEmpty()
                ? insert(by, rules.complete(client)).call(change -> tell(by, "client.create", change))
                : invalid(violations);
    }

    /**
     * Describes a client anew. Where its new method needs a secret that is not there, one is made; where it has none, the
     * secret goes.
     */
    public Uni<Change<IssuedClient>> update(Author by, ClientSpecification client, OptionalLong version) {
        List<Violation> violations = rules.violations(client);
        return violations.isEmpty()
                ? change(client.id(), version, new Edit(by, "client.update", false, row -> {
                    ClientRows.write(rules.complete(client), row);
                    return secrets.complete(row);
                }))
                : invalid(violations);
    }

    public Uni<Change<IssuedClient>> enable(Author by, String id, OptionalLong version) {
        return change(id, version, new Edit(by, "client.enable", false, row -> {
            row.enabled = true;
            return Optional.empty();
        }));
    }

    /** Devices approved before get nothing any more either, until it is enabled again. */
    public Uni<Change<IssuedClient>> disable(Author by, String id, OptionalLong version) {
        return change(id, version, new Edit(by, "client.disable", false, row -> {
            row.enabled = false;
            return Optional.empty();
        }));
    }

    /**
     * Makes a new secret.
     *
     * @param overlap how long the former one counts as well, from nothing to 90 days; the one before that ends now
     */
    public Uni<Change<IssuedClient>> rotateSecret(Author by, String id, Duration overlap, OptionalLong version) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            return invalid(List.of(new Violation("overlap", "must be from PT0S to P90D")));
        }
        Optional<Instant> until = overlap.isZero()
                ? Optional.empty()
                : Optional.of(clock.instant().plus(overlap));
        return change(
                id,
                version,
                new Edit(by, "client.rotate_secret", true, row -> Optional.of(secrets.rotate(row, until))));
    }

    /** Ends the overlap: from now on the present secret alone counts. */
    public Uni<Change<IssuedClient>> revokeFormerSecret(Author by, String id, OptionalLong version) {
        return change(id, version, new Edit(by, "client.revoke_former_secret", true, row -> {
            ClientSecrets.revokeFormer(row);
            return Optional.empty();
        }));
    }

    /**
     * Deletes a client with all that belongs to it: its devices, their grants and refresh tokens, and what waits for a
     * person. Access tokens live on until they expire. The value says how many devices went along.
     */
    public Uni<Change<Long>> delete(Author by, String id, OptionalLong version) {
        return remove(by, id, version)
                .call(change -> change instanceof Change.Done<Long>
                        ? events.tell(ClientEvents.changed(by, "client.delete", id))
                        : Uni.createFrom().voidItem());
    }

    @WithTransaction
    Uni<Change<IssuedClient>> insert(Author by, ClientSpecification client) {
        return repository
                .lock()
                .chain(() -> repository.findLocked(client.id()))
                .chain(present -> present.isPresent()
                        ? Uni.createFrom().item(new Change.AlreadyExists<>())
                        : write(new ClientEntity(), new Edit(by, "client.create", false, row -> {
                            ClientRows.write(client, row);
                            return secrets.complete(row);
                        })));
    }

    @WithTransaction
    Uni<Change<IssuedClient>> edit(String id, OptionalLong version, Edit edit) {
        return repository.findLocked(id).chain(row -> this.<IssuedClient>refusal(row, version)
                .or(() -> row.filter(client -> edit.ofSecret
                                && !AuthMethod.of(client.authMethod).hasSecret())
                        .map(client -> new Change.Invalid<>(List.of(NO_SECRET))))
                .map(refused -> Uni.createFrom().item(refused))
                .orElseGet(() -> write(row.orElseThrow(), edit)));
    }

    @WithTransaction
    Uni<Change<Long>> remove(Author by, String id, OptionalLong version) {
        return repository.findLocked(id).chain(row -> this.<Long>refusal(row, version)
                .map(refused -> Uni.createFrom().item(refused))
                .orElseGet(() -> repository
                        .deleteWithDevices(row.orElseThrow())
                        .call(() -> events.write(ClientEvents.changed(by, "client.delete", id)))
                        .map(devices -> new Change.Done<>(devices))));
    }

    private Uni<Change<IssuedClient>> change(String id, OptionalLong version, Edit edit) {
        return edit(id, version, edit).call(change -> tell(edit.by, edit.event, change));
    }

    private <T> Optional<Change<T>> refusal(Optional<ClientEntity> row, OptionalLong version) {
        return Registered.refusal(row.map(this::registered), version);
    }

    private Uni<Change<IssuedClient>> write(ClientEntity row, Edit edit) {
        Optional<String> secret = edit.work.apply(row);
        row.source = Source.API.name();
        row.withdrawnAt = null;
        return repository
                .write(row)
                .call(written -> events.write(ClientEvents.changed(edit.by, edit.event, written.id)))
                .map(written -> new Change.Done<>(new IssuedClient(registered(written), secret)));
    }

    private Uni<Void> tell(Author by, String event, Change<IssuedClient> change) {
        return change instanceof Change.Done<IssuedClient> done
                ? events.tell(
                        ClientEvents.changed(by, event, done.value().client().id()))
                : Uni.createFrom().voidItem();
    }

    private RegisteredClient registered(ClientEntity row) {
        return ClientRows.registered(row, ownership.isDeclared(row));
    }

    private static <T> Uni<Change<T>> invalid(List<Violation> violations) {
        return Uni.createFrom().item(new Change.Invalid<>(violations));
    }
}
