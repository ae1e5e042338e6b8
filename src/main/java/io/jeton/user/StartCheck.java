package io.jeton.user;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Stops a start with limits under which nobody could sign in. */
@ApplicationScoped
final class StartCheck {
    private final GuessConfig guess;
    private final SessionConfig session;

    StartCheck(GuessConfig guess, SessionConfig session) {
        this.guess = guess;
        this.session = session;
    }

    void start(@Observes StartupEvent event) {
        check(guess, session);
    }

    static void check(GuessConfig guess, SessionConfig session) {
        require(guess.perAccount() > 0, "jeton.guess.per-account must be at least 1");
        require(guess.perAddress() > 0, "jeton.guess.per-address must be at least 1");
        require(guess.perName() > 0, "jeton.guess.per-name must be at least 1");
        require(guess.total() > 0, "jeton.guess.total must be at least 1");
        require(
                guess.longestWindow().compareTo(guess.window()) >= 0,
                "jeton.guess.longest-window must not be shorter than jeton.guess.window");
        require(isPositive(guess.window()), "jeton.guess.window must be at least one second");
        require(isPositive(session.lifetime()), "jeton.session.lifetime must be at least one second");
    }

    private static boolean isPositive(Duration duration) {
        return duration.toSeconds() > 0;
    }

    private static void require(boolean kept, String message) {
        if (!kept) {
            throw new ConfigurationException(message);
        }
    }
}
