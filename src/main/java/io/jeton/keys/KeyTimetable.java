package io.jeton.keys;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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

    /**
     * A key: {@code state} is PENDING, ACTIVE or RETIRED.
     *
     * @param retiredAt when it stopped signing
     * @param retainedUntil when the last token it signed is surely expired
     */
    public record Entry(
            String kid,
            String state,
            Instant publishedAt,
            Optional<Instant> activatedAt,
            Optional<Instant> retiredAt,
            Optional<Instant> retainedUntil) {}

    public Uni<List<Line>> read() {
        return repository.read().map(snapshot -> Arrays.stream(KeyAlgorithm.values())
                .map(algorithm -> line(algorithm, snapshot))
                .toList());
    }

    /** How long a verifier may go on with the keys it has: a key that is taken out verifies there until then. */
    public Duration longestCached() {
        return policy.jwksMaxAge();
    }

    private Line line(KeyAlgorithm algorithm, KeyRepository.Snapshot snapshot) {
        KeySchedule schedule = policy.scheduleOf(algorithm);
        List<KeyTimes> keys = snapshot.of(algorithm);
        return new Line(
                algorithm,
                snapshot.keys().stream()
                        .filter(key -> key.times().algorithm() == algorithm)
                        .map(KeyTimetable::entry)
                        .toList(),
                schedule.dueAt(keys),
                schedule.readyAt(keys));
    }

    private static Entry entry(StoredKey key) {
        KeyTimes times = key.times();
        return new Entry(
                times.kid(),
                times.state().name(),
                times.publishedAt(),
                Optional.ofNullable(times.activatedAt()),
                Optional.ofNullable(key.retiredAt()),
                Optional.ofNullable(times.retainedUntil()));
    }
}
