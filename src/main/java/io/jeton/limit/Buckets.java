package io.jeton.limit;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one limit, by whom they are for. A bucket that is full is forgotten. There are 100,000 at the most: while so many
 * are in use, strangers pass unlimited, rather than that somebody is refused for what others do.
 */
public final class Buckets {
    private static final int MOST = 100_000;

    private final Rate rate;
    private final LongSupplier nanos;
    private final Map<String, AtomicLong> fullAt = new ConcurrentHashMap<>();

    /** @param nanos a clock that never goes back, as {@link System#nanoTime} */
    public Buckets(Rate rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
    }

    /** Takes a token, where there is one. */
    public boolean take(String whose) {
        long now = nanos.getAsLong();
        AtomicLong bucket = fullAt.get(whose);
        if (bucket == null) {
            bucket = open(whose, now);
        }
        return bucket == null || take(bucket, now);
    }

    /** How long until there is a token again: a second at the least. */
    public Duration waiting(String whose) {
        AtomicLong bucket = fullAt.get(whose);
        long left = bucket == null ? 0 : rate.waiting(bucket.get(), nanos.getAsLong());
        return Duration.ofSeconds(Math.max(1, Duration.ofNanos(left).toSeconds() + 1));
    }

    /** Forgets what is full. */
    public void sweep() {
        long now = nanos.getAsLong();
        fullAt.values().removeIf(bucket -> bucket.get() - now <= 0);
    }

    int size() {
        return fullAt.size();
    }

    private boolean take(AtomicLong bucket, long now) {
        while (true) {
            long before = bucket.get();
            OptionalLong after = rate.take(before, now);
            if (after.isEmpty()) {
                return false;
            }
            if (bucket.compareAndSet(before, after.getAsLong())) {
                return true;
            }
        }
    }

    private @Nullable AtomicLong open(String whose, long now) {
        return fullAt.size() < MOST ? fullAt.computeIfAbsent(whose, key -> new AtomicLong(now)) : fullAt.get(whose);
    }
}
