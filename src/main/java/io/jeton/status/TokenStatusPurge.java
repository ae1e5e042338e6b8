package io.jeton.status;

import io.jeton.client.LifetimeLimits;
import io.jeton.database.Purge;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Deletes a status once no access token can be alive that it is about. A suspended grant's too: while it is suspended it
 * gets none, and those it had have expired.
 */
@ApplicationScoped
final class TokenStatusPurge implements Purge {
    /** Verifiers' clocks may be late, and a row bears the time at which its transaction began. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final TokenStatusRepository repository;
    private final Duration age;

    TokenStatusPurge(TokenStatusRepository repository, LifetimeLimits limits) {
        this.repository = repository;
        this.age = limits.longestAccessToken().plus(MARGIN);
    }

    @Override
    public Uni<Integer> purge(int batch) {
        return repository.purge(age, batch);
    }
}
