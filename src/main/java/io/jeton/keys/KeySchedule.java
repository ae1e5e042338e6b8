package io.jeton.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens to the keys of one algorithm, from what there is and what time it is. The next key is published
 * as soon as the present one begins to sign, so a compromised key can go at once and verifiers know its successor.
 *
 * @param rotationPeriod how long a key signs
 * @param leadTime how long a key is published, at the least, before it signs
 * @param retention how long a key is kept after it stopped signing
 */
record KeySchedule(Duration rotationPeriod, Duration leadTime, Duration retention) {

    /** The steps that are due, none where all is well. Idempotent: once they are done, nothing is due. */
    List<KeyStep> decide(KeyAlgorithm algorithm, List<KeyTimes> keys, Instant now) {
        List<KeyStep> steps = new ArrayList<>();
        Optional<KeyTimes> active = in(keys, KeyState.ACTIVE);
        Optional<KeyTimes> next = in(keys, KeyState.PENDING);
        boolean due = active.isEmpty()
                || (isDue(active.get(), now)
                        && next.filter(key -> hasLed(key, now)).isPresent());
        if (due) {
            active.ifPresent(key -> steps.add(new KeyStep.Retire(key.kid(), now.plus(retention))));
            steps.add(next.<KeyStep>map(key -> new KeyStep.Activate(key.kid()))
                    .orElseGet(() -> new KeyStep.Publish(algorithm, KeyState.ACTIVE)));
        }
        if (due || next.isEmpty()) {
            steps.add(new KeyStep.Publish(algorithm, KeyState.PENDING));
        }
        keys.stream()
                .filter(key -> key.retainedUntil() != null && !now.isBefore(key.retainedUntil()))
                .forEach(key -> steps.add(new KeyStep.Delete(key.kid())));
        return steps;
    }

    /** The steps by which the next key takes over before its time; none while verifiers may not know it yet. */
    List<KeyStep> hurry(KeyAlgorithm algorithm, List<KeyTimes> keys, Instant now) {
        Optional<KeyTimes> active = in(keys, KeyState.ACTIVE);
        Optional<KeyTimes> next = in(keys, KeyState.PENDING).filter(key -> hasLed(key, now));
        if (active.isEmpty() || next.isEmpty()) {
            return List.of();
        }
        return List.of(
                new KeyStep.Retire(active.get().kid(), now.plus(retention)),
                new KeyStep.Activate(next.get().kid()),
                new KeyStep.Publish(algorithm, KeyState.PENDING));
    }

    /** When the next key may take over at the earliest; nothing where there is none. */
    Optional<Instant> readyAt(List<KeyTimes> keys) {
        return in(keys, KeyState.PENDING).map(key -> key.publishedAt().plus(leadTime));
    }

    /** When the present key is due to stop signing; nothing where there is none. */
    Optional<Instant> dueAt(List<KeyTimes> keys) {
        return in(keys, KeyState.ACTIVE)
                .flatMap(key -> Optional.ofNullable(key.activatedAt()))
                .map(at -> at.plus(rotationPeriod));
    }

    private boolean isDue(KeyTimes active, Instant now) {
        return active.activatedAt() != null
                && !now.isBefore(active.activatedAt().plus(rotationPeriod));
    }

    private boolean hasLed(KeyTimes pending, Instant now) {
        return !now.isBefore(pending.publishedAt().plus(leadTime));
    }

    private static Optional<KeyTimes> in(List<KeyTimes> keys, KeyState state) {
        return keys.stream()
                .filter(key -> key.state() == state)
                .min(Comparator.comparing(KeyTimes::publishedAt).thenComparing(KeyTimes::kid));
    }
}
