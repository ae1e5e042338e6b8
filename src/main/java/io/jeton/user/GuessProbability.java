package io.jeton.user;

import java.time.Duration;

/**
 * How likely somebody guesses a live user code: RFC 8628 §5.1. However many accounts and addresses a guesser has, the total budget
 * bounds the wrong codes of a window over all replicas. Pure.
 *
 * @param perCode the probability that one given code is guessed while it lives
 */
public record GuessProbability(double perCode) {
    /**
     * @param lifetime of a code
     * @param window in which {@code total} wrong codes are tolerated
     * @param codes how many codes there are
     */
    static GuessProbability of(Duration lifetime, Duration window, long total, double codes) {
        // A life may begin at the end of one window, and every window it touches has a budget of its own.
        long windows = (lifetime.toNanos() + window.toNanos() - 1) / window.toNanos() + 1;
        return new GuessProbability(windows * total / codes);
    }
}
