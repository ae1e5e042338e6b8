package io.jeton.keys;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which keys there are, and what will become of them. */
@ApplicationScoped
public final class KeyTimetable {
    private final KeyRepository repository;
    private final KeyPolicy policy;

    KeyTimetable(KeyRepository repository, KeyPolicy policy) {
        this.repository = repository;
        this.policy = policy;
    }

    /**
     * The keys of an algorithm, without their secrets.
     *
     * @param dueAt when the present key is due to stop signing
     * @param readyAt when the next one may take over at the earliest
     */
    public record Line(KeyAlgorithm algorithm, List<Entry> keys, Optional<Instant> dueAt, Optional<Instant> readyAt) {}

    /** A key: {@code state} is PENDING, ACTIVE or RETIRED. */
    public record Entry(
            String kid,
            String state,
            Instant publishedAt,
            Optional<Instant> activatedAt,
            Optional<Instant> retainedUntil) {}

    public Uni<List<Line>> read() {
        return repository.read().map(snapshot -> Arrays.stream(KeyAlgorithm.values())
                .map(algorithm -> line(algorithm, snapshot.of(algorithm)))
                .toList());
    }

    private Line line(KeyAlgorithm algorithm, List<KeyTimes> keys) {
        KeySchedule schedule = policy.scheduleOf(algorithm);
        return new Line(
                algorithm,
                keys.stream().map(KeyTimetable::entry).toList(),
                schedule.dueAt(keys),
                schedule.readyAt(keys));
    }

    private static Entry entry(KeyTimes key) {
        return new Entry(
                key.kid(),
                key.state().name(),
                key.publishedAt(),
                Optional.ofNullable(key.activatedAt()),
                Optional.ofNullable(key.retainedUntil()));
    }
}
