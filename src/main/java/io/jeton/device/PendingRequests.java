package io.jeton.device;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.EventType;
import io.jeton.client.Client;
import io.jeton.client.ClientRegistry;
import io.jeton.user.Account;
import io.jeton.user.BrowserSession;
import io.jeton.user.Guess;
import io.jeton.user.GuessBudget;
import io.jeton.user.GuessesExhaustedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.UUID;

/** What waits for a person, and the person's word on it: RFC 8628 §3.3. */
@ApplicationScoped
final class PendingRequests {
    private final DeviceAuthorizationRepository repository;
    private final ClientRegistry clients;
    private final GuessBudget budget;
    private final Event<AuditEvent> audit;
    private final AuditTrail trail;

    PendingRequests(
            DeviceAuthorizationRepository repository,
            ClientRegistry clients,
            GuessBudget budget,
            Event<AuditEvent> audit,
            AuditTrail trail) {
        this.repository = repository;
        this.clients = clients;
        this.budget = budget;
        this.audit = audit;
        this.trail = trail;
    }

    /** A request and the client that sent it. */
    record Found(PendingAuthorization request, Client client) {
        /** Otherwise anybody who has an account could let a program into the admin API. */
        boolean isApprovableBy(Account person) {
            return !request.scopes().openAdministration() || person.mayAdminister();
        }
    }

    /** What has this code; costs a guess where nothing has. */
    Uni<Optional<Found>> find(UserCode code, BrowserSession session, String address) {
        return budget.spend(
                        Guess.ofUserCode(session.account(), address),
                        () -> repository.findPending(code).map(this::withClient))
                .onFailure(GuessesExhaustedException.class)
                .invoke(() -> audit.fire(by(session, AuditEvent.refused(EventType.GUESS_EXHAUSTED))
                        .withFrom(address)
                        .withReason("user_code")));
    }

    Uni<Optional<Found>> find(UUID id) {
        return repository.findPending(id).map(this::withClient);
    }

    /**
     * Decides, and says so in the same transaction.
     *
     * @return false where it was decided before, or expired meanwhile
     */
    Uni<Boolean> decide(Found found, boolean approved, BrowserSession session, String address) {
        UUID id = found.request().id();
        UUID account = session.account().id();
        AuditEvent told = by(
                        session, AuditEvent.success(approved ? EventType.DEVICE_APPROVED : EventType.DEVICE_DENIED))
                .withClient(found.client().id())
                .withSubject(id.toString())
                .withFrom(address);
        Uni<Boolean> decided = repository.inTransaction(tx -> (approved
                        ? repository.approve(tx, id, account, session.authenticatedAt())
                        : repository.deny(tx, id, account, session.authenticatedAt()))
                .call(done -> done ? trail.write(tx, told) : Uni.createFrom().voidItem()));
        return decided.invoke(done -> {
            if (done) {
                trail.log(told);
            }
        });
    }

    private static AuditEvent by(BrowserSession session, AuditEvent event) {
        UUID account = session.account().id();
        return event.withActor(Actor.person(account)).withAccount(account);
    }

    /** Notes that somebody tried to approve what only an administrator may. */
    void refuse(Found found, BrowserSession session, String address) {
        audit.fire(by(session, AuditEvent.refused(EventType.DEVICE_APPROVED))
                .withClient(found.client().id())
                .withSubject(found.request().id().toString())
                .withFrom(address)
                .withReason("only an administrator may approve this"));
    }

    /** A client that was disabled meanwhile gets no approval. */
    private Optional<Found> withClient(Optional<PendingAuthorization> request) {
        return request.flatMap(waiting -> clients.find(waiting.clientId()).map(client -> new Found(waiting, client)));
    }
}
