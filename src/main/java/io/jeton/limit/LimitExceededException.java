package io.jeton.limit;

import java.io.Serial;
import java.time.Duration;

/** Somebody asks for more than a limit allows: 429 (RFC 6585 §4). */
public final class LimitExceededException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    LimitExceededException(Duration retryAfter) {
        super("a limit is exceeded", null, false, false);
        this.retryAfter = retryAfter;
    }

    /** At least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
