package io.jeton.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final Buckets buckets = new Buckets(new Rate(2, 10), now::get);

    @Test
    void aFullBucketHoldsItsBurstAndNoMore() {
        assertEquals(10, taken(20, "a"));
        assertEquals(10, taken(20, "b"));
    }

    @Test
    void tokensComeBackOneByOneAndNeverMoreThanFit() {
        taken(10, "a");
        pass(Duration.ofMillis(499));
        assertEquals(0, taken(5, "a"));
        pass(Duration.ofMillis(1));
        assertEquals(1, taken(5, "a"));
        pass(Duration.ofSeconds(2));
        assertEquals(4, taken(5, "a"));
        pass(Duration.ofHours(1));
        assertEquals(10, taken(20, "a"));
    }

    @Test
    void whoIsRefusedIsToldHowLong() {
        taken(10, "a");
        assertEquals(Duration.ofSeconds(1), buckets.waiting("a"));
        Buckets slow = new Buckets(new Rate(0.1, 1), now::get);
        assertTrue(slow.take("a"));
        assertEquals(Duration.ofSeconds(11), slow.waiting("a"));
        assertFalse(slow.take("a"));
        pass(Duration.ofSeconds(11));
        assertTrue(slow.take("a"));
    }

    @Test
    void whatIsFullIsForgotten() {
        taken(1, "a");
        taken(10, "b");
        pass(Duration.ofSeconds(1));
        buckets.sweep();
        assertEquals(1, buckets.size());
        pass(Duration.ofSeconds(10));
        buckets.sweep();
        assertEquals(0, buckets.size());
    }

    @Test
    void thereAreNeverMoreThanFitIntoMemoryAndStrangersPass() {
        for (int i = 0; i < 100_100; i++) {
            assertTrue(buckets.take("address " + i));
        }
        assertEquals(100_000, buckets.size());
        assertEquals(20, taken(20, "one more"));
        assertEquals(9, taken(20, "address 7"));
    }

    @Test
    void aTokenIsTakenOnceByWhoeverComesAtTheSameInstant() throws Exception {
        List<Integer> taken = Concurrently.call(8, () -> taken(10, "a"));
        assertEquals(10, taken.stream().mapToInt(Integer::intValue).sum());
    }

    private int taken(int times, String whose) {
        return (int) IntStream.range(0, times).filter(i -> buckets.take(whose)).count();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
