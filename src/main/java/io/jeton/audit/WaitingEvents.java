package io.jeton.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Events on their way to the table: so many and no more, so that a database that is away costs no memory. */
final class WaitingEvents {
    private final int capacity;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long lost;

    WaitingEvents(int capacity) {
        this.capacity = capacity;
    }

    private record Waiting(AuditEvent event, long since) {}

    /** @return false where there is no room: the event is lost to the table */
    synchronized boolean add(AuditEvent event, long now) {
        if (queue.size() >= capacity) {
            lost += event.occurrences();
            return false;
        }
        return queue.add(new Waiting(event, now));
    }

    /** The oldest, which stay until they are removed. */
    synchronized List<Occurrence> first(int most, long now) {
        return queue.stream()
                .limit(most)
                .map(waiting -> new Occurrence(waiting.event, Duration.ofNanos(Math.max(0, now - waiting.since))))
                .toList();
    }

    synchronized void remove(int count) {
        for (int i = 0; i < count; i++) {
            queue.remove();
        }
    }

    synchronized boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Counts what the table will never have. */
    synchronized void lose(AuditEvent event) {
        lost += event.occurrences();
    }

    /** How much the table lacks since this replica started. */
    synchronized long lost() {
        return lost;
    }
}
