package io.jeton.user;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.crypto.MacKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Signs people in and out. */
@ApplicationScoped
public final class SignIn {
    private final PasswordCheck passwords;
    private final BrowserSessionRepository sessions;
    private final GuessBudget budget;
    private final Supplier<MacKeys> macKeys;
    private final Event<AuditEvent> audit;

    SignIn(
            PasswordCheck passwords,
            BrowserSessionRepository sessions,
            GuessBudget budget,
            Supplier<MacKeys> macKeys,
            Event<AuditEvent> audit) {
        this.passwords = passwords;
        this.sessions = sessions;
        this.budget = budget;
        this.macKeys = macKeys;
        this.audit = audit;
    }

    /**
     * Starts a session in place of whatever the browser had.
     *
     * @return nothing where name and password do not belong together, for whatever reason; the failure
     *     {@link GuessesExhaustedException} where that was not even tried
     */
    public Uni<Optional<BrowserSession>> signIn(Visitor visitor, Credentials credentials) {
        Guess guess = Guess.ofPassword(macKeys.get().active(), credentials, visitor.address());
        return budget.spend(guess, () -> check(visitor, credentials))
                .onFailure(GuessesExhaustedException.class)
                .invoke(() -> audit.fire(AuditEvent.refused(EventType.GUESS_EXHAUSTED)
                        .withFrom(visitor.address())
                        .withReason("password")))
                .chain(account -> account.isPresent()
                        ? end(visitor)
                                .chain(() -> sessions.start(account.get()))
                                .invoke(session -> session.ifPresentOrElse(
                                        begun -> tell(EventType.SIGN_IN_SUCCEEDED, visitor, begun),
                                        () -> refuse(
                                                visitor,
                                                Optional.of(account.get().id()))))
                        : Uni.createFrom().item(Optional.empty()));
    }

    public Uni<Void> signOut(Visitor visitor) {
        return end(visitor)
                .invoke(() -> visitor.session().ifPresent(session -> tell(EventType.SIGN_OUT, visitor, session)));
    }

    private Uni<Void> end(Visitor visitor) {
        return visitor.session().map(session -> sessions.end(session.id())).orElseGet(() -> Uni.createFrom()
                .voidItem());
    }

    private Uni<Optional<AccountRow>> check(Visitor visitor, Credentials credentials) {
        return passwords
                .check(credentials)
                .invoke(checked -> {
                    if (checked.account().isEmpty()) {
                        refuse(visitor, checked.named());
                    }
                })
                .map(PasswordCheck.Checked::account);
    }

    /** Without the name: people type their password into the wrong field. */
    private void refuse(Visitor visitor, Optional<UUID> named) {
        audit.fire(AuditEvent.refused(EventType.SIGN_IN_FAILED)
                .withAccount(named)
                .withFrom(visitor.address())
                .withReason(named.isPresent() ? "wrong password, or disabled" : "no such name"));
    }

    private void tell(EventType type, Visitor visitor, BrowserSession session) {
        audit.fire(AuditEvent.success(type)
                .withActor(Actor.person(session.account().id()))
                .withAccount(session.account().id())
                .withFrom(visitor.address()));
    }

    /** Signs a person out of every browser; of how many that was. */
    public Uni<Integer> signOutEverywhere(Account account) {
        return sessions.endAll(account.id());
    }
}
