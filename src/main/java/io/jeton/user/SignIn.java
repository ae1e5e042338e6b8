package io.jeton.user;

import io.jeton.crypto.MacKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/** Signs people in and out. */
@ApplicationScoped
public final class SignIn {
    private final PasswordCheck passwords;
    private final BrowserSessionRepository sessions;
    private final GuessBudget budget;
    private final Supplier<MacKeys> macKeys;

    SignIn(PasswordCheck passwords, BrowserSessionRepository sessions, GuessBudget budget, Supplier<MacKeys> macKeys) {
        this.passwords = passwords;
        this.sessions = sessions;
        this.budget = budget;
        this.macKeys = macKeys;
    }

    /**
     * Starts a session in place of whatever the browser had.
     *
     * @return nothing where name and password do not belong together, for whatever reason; the failure
     *     {@link GuessesExhaustedException} where that was not even tried
     */
    public Uni<Optional<BrowserSession>> signIn(Visitor visitor, Credentials credentials) {
        Guess guess = Guess.ofPassword(macKeys.get().active(), credentials, visitor.address());
        return budget.spend(guess, () -> passwords.check(credentials))
                .chain(account -> account.isPresent()
                        ? signOut(visitor)
                                .chain(() -> sessions.start(account.get()))
                                .map(Optional::of)
                        : Uni.createFrom().item(Optional.empty()));
    }

    public Uni<Void> signOut(Visitor visitor) {
        return visitor.session().map(session -> sessions.end(session.id())).orElseGet(() -> Uni.createFrom()
                .voidItem());
    }

    /** Signs a person out of every browser; of how many that was. */
    public Uni<Integer> signOutEverywhere(Account account) {
        return sessions.endAll(account.id());
    }
}
