package io.jeton.user;

import io.jeton.user.GuessBudgetRepository.Charge;
import io.jeton.user.GuessBudgetRepository.Payer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Bounds what can be guessed, per person and per place, over all replicas: RFC 8628 §5.1. */
@ApplicationScoped
public final class GuessBudget {
    private final GuessBudgetRepository repository;
    private final GuessConfig config;

    GuessBudget(GuessBudgetRepository repository, GuessConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /**
     * Makes a guess that is paid for in advance; a right one gets its price back, and so does one that is refused or that
     * failed.
     *
     * @return what was guessed; the failure {@link GuessesExhaustedException} where nothing was tried
     */
    public <T> Uni<Optional<T>> spend(Guess guess, Supplier<Uni<Optional<T>>> attempt) {
        return repository
                .charge(payers(guess), config.window(), config.longestWindow())
                .chain(charges -> exhausted(guess, charges)
                        .map(left -> repository.refund(charges).chain(() -> Uni.createFrom()
                                .<Optional<T>>failure(new GuessesExhaustedException(left))))
                        .orElseGet(() -> attempt.get()
                                .call(found -> settle(found, charges))
                                .onFailure()
                                .call(() ->
                                        repository.refund(charges).onFailure().recoverWithNull())));
    }

    private Uni<Void> settle(Optional<?> found, List<Charge> charges) {
        return found.isPresent() ? repository.refund(charges) : Uni.createFrom().voidItem();
    }

    private Optional<Duration> exhausted(Guess guess, List<Charge> charges) {
        return charges.stream()
                .filter(charge -> charge.failures() > limit(guess, charge))
                .map(Charge::left)
                .max(Comparator.naturalOrder());
    }

    private List<Payer> payers(Guess guess) {
        return guess.subjects().stream()
                .map(subject ->
                        new Payer(subject, guess.limit(subject).backsOff() ? limit(guess.limit(subject)) : Payer.NEVER))
                .toList();
    }

    private int limit(Guess guess, Charge charge) {
        return limit(guess.limit(charge.subject()));
    }

    private int limit(Guess.Limit limit) {
        return switch (limit) {
            case ACCOUNT -> config.perAccount();
            case ADDRESS -> config.perAddress();
            case NAME -> config.perName();
            case TOTAL -> config.total();
        };
    }

    /** How likely one given user code is guessed while it lives. */
    public GuessProbability probability(Duration codeLifetime, double codes) {
        return GuessProbability.of(codeLifetime, config.window(), config.total(), codes);
    }

    /** The probability up to which the service starts. */
    public double acceptedProbability() {
        return config.acceptProbability();
    }
}
