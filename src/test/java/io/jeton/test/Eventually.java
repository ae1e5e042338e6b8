package io.jeton.test;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what happens soon, by itself. */
public final class Eventually {
    private static final Duration SOON = Duration.ofSeconds(10);

    private Eventually() {}

    /** Fails where it has not become true within ten seconds. */
    public static void holds(Callable<Boolean> condition) throws Exception {
        holds(SOON, condition);
    }

    /** The same of what takes its time. */
    public static void holds(Duration most, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, () -> "not within " + most);
            Thread.sleep(50);
        }
    }
}
