package io.jeton.webhook;

import java.time.Duration;

/** Decides what follows an attempt: a pure function of what was answered and what time has passed. */
final class DeliverySchedule {
    static final Duration LONGEST = Duration.ofHours(24);
    static final int MOST_REFUSALS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int BAD_REQUEST = 400;

    private DeliverySchedule() {}

    /** What follows. */
    sealed interface Next {
        record Delivered() implements Next {}

        /** @param refused whether the receiver called the token itself wrong (RFC 8935 §2.3) */
        record Again(Duration pause, boolean refused) implements Next {}

        record GivenUp() implements Next {}
    }

    /**
     * @param status the HTTP status; 0 where there was no answer
     * @param random from 0 to 1: receivers that come back are not met by everybody at once
     */
    static Next decide(Delivery delivery, int status, double random) {
        if (status >= 200 && status < 300) {
            return new Next.Delivered();
        }
        boolean refused = status == BAD_REQUEST;
        if (delivery.age().compareTo(LONGEST) >= 0 || (refused && delivery.refusals() + 1 >= MOST_REFUSALS)) {
            return new Next.GivenUp();
        }
        return new Next.Again(pause(delivery.attempts(), random), refused);
    }

    /** Twice as long each time, up to an hour; of that, between a half and the whole. */
    static Duration pause(int attempts, double random) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(Math.max(attempts, 1) - 1, 20);
        long pause = Math.min(doubled, LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(pause / 2 + (long) (pause / 2.0 * random));
    }
}
