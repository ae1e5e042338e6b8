package io.jeton.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.Eventually;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescedTest {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger overtaken = new AtomicInteger();

    @Test
    void tenThousandRequestsAreAFewRunsAndTheLastRequestIsSeen() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        Coalesced work = new Coalesced(() -> look(changes), PAUSE);
        Concurrently.each(8, 10_000, i -> {
            changes.incrementAndGet();
            work.request();
            return i;
        });
        Eventually.holds(() -> seen.get() == 10_000);
        assertTrue(begun.get() < 50, begun + " runs");
        assertEquals(0, overtaken.get(), "one run at a time");
    }

    @Test
    void theFirstRequestDoesNotWait() {
        new Coalesced(() -> look(new AtomicInteger()), Duration.ofHours(1)).request();
        assertEquals(1, begun.get());
    }

    @Test
    void aFailureKeepsNobodyFromAskingAgain() throws Exception {
        Coalesced work = new Coalesced(
                () -> {
                    begun.incrementAndGet();
                    throw new IllegalStateException("the database is away");
                },
                Duration.ofMillis(1));
        work.request();
        work.request();
        Eventually.holds(() -> begun.get() == 2);
        Eventually.holds(() -> {
            work.request();
            return begun.get() > 2;
        });
    }

    private Uni<Void> look(AtomicInteger changes) {
        begun.incrementAndGet();
        overtaken.addAndGet(running.incrementAndGet() - 1);
        int now = changes.get();
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(5))
                .invoke(() -> {
                    running.decrementAndGet();
                    seen.set(now);
                });
    }
}
