package io.jeton.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Services that get every token twice: at once, and when it has almost expired. */
final class Verifiers {
    private static final int COUNT = 4;

    private record Kept(String token, long until) {}

    private final List<CachingVerifier> all;
    private final Duration keep;
    private final Queue<Kept> kept = new ArrayDeque<>();

    /** @param keep how long a token is kept before it is verified again */
    Verifiers(Replicas replicas, Duration keep) {
        this.all = Stream.generate(() -> new CachingVerifier(replicas))
                .limit(COUNT)
                .toList();
        this.keep = keep;
    }

    void accept(VirtualDevice device) {
        any().verify(device.accessToken());
        for (String old : due(device.accessToken())) {
            any().verify(old);
        }
    }

    int verified() {
        return all.stream().mapToInt(CachingVerifier::verified).sum();
    }

    private synchronized List<String> due(String token) {
        long now = System.nanoTime();
        kept.add(new Kept(token, now + keep.toNanos()));
        return Stream.generate(() -> kept.peek().until() - now <= 0 ? kept.poll() : null)
                .takeWhile(old -> old != null)
                .map(Kept::token)
                .toList();
    }

    private CachingVerifier any() {
        return all.get(ThreadLocalRandom.current().nextInt(COUNT));
    }
}
