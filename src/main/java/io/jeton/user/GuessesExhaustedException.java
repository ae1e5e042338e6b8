package io.jeton.user;

import java.io.Serial;
import java.time.Duration;

/** Too many wrong guesses: this one was not even looked at. */
public final class GuessesExhaustedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    GuessesExhaustedException(Duration retryAfter) {
        super("too many wrong guesses", null, false, false);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
