package io.jeton.client;

import io.jeton.audit.Author;
import io.jeton.managed.Change;
import io.jeton.managed.Page;
import io.jeton.managed.Registered;
import io.jeton.managed.Source;
import io.jeton.managed.Violation;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
     */
    private record Edit(Author by, String event, boolean ofSecret, Function<ClientRow, Edited> work) {}

    /** A row to be written, and the secret that was made for it. */
    private record Edited(ClientRow row, Optional<String> secret) {
        static Edited of(ClientRow row) {
            return new Edited(row, Optional.empty());
        }

        static Edited of(ClientRow row, ClientSecrets.Made made) {
            return new Edited(row.with(made.held()), Optional.of(made.secret()));
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Edited[" + row.id() + "]";
        }
    }

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
                ? change(
                        client.id(),
                        version,
                        new Edit(by, "client.update", false, row -> complete(row.with(rules.complete(client)))))
                : invalid(violations);
    }

    public Uni<Change<IssuedClient>> enable(Author by, String id, OptionalLong version) {
        return change(id, version, new Edit(by, "client.enable", false, row -> enabled(row, true)));
    }

    /** Devices approved before get nothing any more either, until it is enabled again. */
    public Uni<Change<IssuedClient>> disable(Author by, String id, OptionalLong version) {
        return change(id, version, new Edit(by, "client.disable", false, row -> enabled(row, false)));
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
                new Edit(by, "client.rotate_secret", true, row -> Edited.of(row, secrets.rotate(row, until))));
    }

    /** Ends the overlap: from now on the present secret alone counts. */
    public Uni<Change<IssuedClient>> revokeFormerSecret(Author by, String id, OptionalLong version) {
        return change(
                id,
                version,
                new Edit(
                        by,
                        "client.revoke_former_secret",
                        true,
                        row -> Edited.of(row.with(row.secrets().withoutFormer()))));
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

    private Uni<Change<IssuedClient>> insert(Author by, ClientSpecification client) {
        Edit create = new Edit(by, "client.create", false, this::complete);
        return repository.inTransaction(tx -> repository
                .lock(tx)
                .chain(() -> repository.findLocked(tx, client.id()))
                .chain(present -> present.isPresent()
                        ? Uni.createFrom().item(new Change.AlreadyExists<>())
                        : write(tx, present, new ClientRow(client, HeldSecrets.NONE, Source.API), create)));
    }

    private Uni<Change<IssuedClient>> edit(String id, OptionalLong version, Edit edit) {
        return repository.inTransaction(
                tx -> repository.findLocked(tx, id).chain(found -> this.<IssuedClient>refusal(found, version)
                        .or(() -> found.filter(client -> edit.ofSecret
                                        && !client.row().authMethod().hasSecret())
                                .map(client -> new Change.Invalid<>(List.of(NO_SECRET))))
                        .map(refused -> Uni.createFrom().item(refused))
                        .orElseGet(() -> write(tx, found, found.orElseThrow().row(), edit))));
    }

    private Uni<Change<Long>> remove(Author by, String id, OptionalLong version) {
        return repository.inTransaction(
                tx -> repository.findLocked(tx, id).chain(found -> this.<Long>refusal(found, version)
                        .map(refused -> Uni.createFrom().item(refused))
                        .orElseGet(() -> repository
                                .deleteWithDevices(tx, id)
                                .call(() -> events.write(tx, ClientEvents.changed(by, "client.delete", id)))
                                .map(devices -> new Change.Done<>(devices)))));
    }

    private Uni<Change<IssuedClient>> change(String id, OptionalLong version, Edit edit) {
        return edit(id, version, edit).call(change -> tell(edit.by, edit.event, change));
    }

    private <T> Optional<Change<T>> refusal(Optional<StoredClient> found, OptionalLong version) {
        return Registered.refusal(found.map(this::registered), version);
    }

    /** What the API has changed is its own from then on. */
    private Uni<Change<IssuedClient>> write(
            SqlConnection tx, Optional<StoredClient> present, ClientRow row, Edit edit) {
        Edited edited = edit.work.apply(row);
        return repository
                .write(tx, present, new ClientRow(edited.row.client(), edited.row.secrets(), Source.API))
                .call(written -> events.write(tx, ClientEvents.changed(edit.by, edit.event, written.id())))
                .map(written -> new Change.Done<>(new IssuedClient(registered(written), edited.secret)));
    }

    private Edited complete(ClientRow row) {
        return secrets.missing(row)
                .map(made -> Edited.of(row, made))
                .orElseGet(() -> Edited.of(row.with(ClientSecrets.whatItsMethodHas(row))));
    }

    private static Edited enabled(ClientRow row, boolean on) {
        return Edited.of(row.with(row.client().enabled(on)));
    }

    private Uni<Void> tell(Author by, String event, Change<IssuedClient> change) {
        return change instanceof Change.Done<IssuedClient> done
                ? events.tell(
                        ClientEvents.changed(by, event, done.value().client().id()))
                : Uni.createFrom().voidItem();
    }

    private RegisteredClient registered(StoredClient client) {
        return ClientRows.registered(client, ownership.isDeclared(client.row()));
    }

    private static <T> Uni<Change<T>> invalid(List<Violation> violations) {
        return Uni.createFrom().item(new Change.Invalid<>(violations));
    }
}
