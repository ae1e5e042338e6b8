package io.jeton.limit;

import java.util.OptionalLong;

/**
 * A bucket's size and how fast it fills again. A bucket is one number, the instant at which it will be full: taking a token moves
 * it onwards. Pure.
 *
 * @param perSecond tokens, more than nothing
 * @param burst how many a full bucket holds, at least one
 */
public record Rate(double perSecond, int burst) {
    private static final double NANOS = 1e9;

    /**
     * Takes a token.
     *
     * @param fullAt when the bucket would be full, in nanoseconds of the same clock as {@code now}
     * @return when it will be full now; nothing where it is empty
     */
    OptionalLong take(long fullAt, long now) {
        long next = (fullAt - now > 0 ? fullAt : now) + perToken();
        return next - now <= perToken() * burst ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /** Nanoseconds until there is a token to take; zero where there is one. */
    long waiting(long fullAt, long now) {
        return Math.max(0, fullAt - now - perToken() * (burst - 1L));
    }

    private long perToken() {
        return (long) Math.ceil(NANOS / perSecond);
    }
}
