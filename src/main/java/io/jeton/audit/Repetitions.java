package io.jeton.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What anybody can make happen as often as he likes is told when it first happens in a minute, and once more at the
 * minute's end with how often it happened since. So is everything beyond the first {@value #MOST} different events of a
 * minute, as one for each type. Thus a flood costs a replica a fixed number of rows a minute, and every occurrence is
 * counted. Pure but for what it remembers: time is an argument.
 */
final class Repetitions {
    static final int MOST = 100;
    static final String OTHERS = "too many to tell apart";
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    private final Map<AuditEvent, Integer> seen = new HashMap<>();
    private long windowEnds;

    /** The event where it is to be told now; nothing where it is counted. */
    synchronized Optional<AuditEvent> admit(AuditEvent event, long now) {
        if (!event.type().isUnbounded()) {
            return Optional.of(event);
        }
        if (seen.isEmpty()) {
            windowEnds = now + WINDOW;
        }
        boolean distinct = seen.containsKey(event) || seen.size() < MOST;
        AuditEvent told = distinct ? event : others(event);
        return seen.merge(told, 1, Integer::sum) == 1 ? Optional.of(told) : Optional.empty();
    }

    /** What was counted, once the minute is over. */
    synchronized List<AuditEvent> drain(long now) {
        return seen.isEmpty() || now - windowEnds < 0 ? List.of() : drain();
    }

    /** What was counted so far. */
    synchronized List<AuditEvent> drain() {
        List<AuditEvent> counted = new ArrayList<>();
        seen.forEach((event, times) -> {
            if (times > 1) {
                counted.add(event.withOccurrences(times - 1));
            }
        });
        seen.clear();
        return counted;
    }

    private static AuditEvent others(AuditEvent event) {
        return new AuditEvent(event.type(), event.outcome(), null, null, null, null, null, null, OTHERS, 1);
    }
}
