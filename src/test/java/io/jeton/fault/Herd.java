package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Devices whose tokens expire in one short time. Each asks when its own expires, whatever the others do, and honours Retry-After. */
final class Herd {
    private static final int LONGEST_BACK_OFF = 6;

    /** A device asks, because its token expires at this moment. */
    private record Turn(int device, long expires, int attempt, CompletableFuture<Void> done) {
        Turn next() {
            return new Turn(device, expires, attempt + 1, done);
        }
    }

    private final List<VirtualDevice> devices;
    private final IntSupplier service;
    private final Random random;
    private final long[] waited;
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger mostAttempts = new AtomicInteger();

    Herd(List<VirtualDevice> devices, IntSupplier service, long seed) {
        this.devices = devices;
        this.service = service;
        this.random = new Random(seed);
        this.waited = new long[devices.size()];
    }

    /**
     * All of them come within this time.
     *
     * @param patience how long after that the last one may be served
     */
    void come(Duration within, Duration patience) throws Exception {
        CompletableFuture<?>[] served = new CompletableFuture<?>[devices.size()];
        for (int i = 0; i < served.length; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            served[i] = done;
            long delay = (long) (random.nextDouble() * within.toNanos());
            Turn first = new Turn(i, System.nanoTime() + delay, 1, done);
            after(delay, TimeUnit.NANOSECONDS, first);
        }
        CompletableFuture.allOf(served).get(within.plus(patience).toMillis(), TimeUnit.MILLISECONDS);
        Arrays.sort(waited);
    }

    /** How long this share of the devices waited at the most, from the moment they wanted a token to having one. */
    Duration waited(double share) {
        return Duration.ofNanos(waited[(int) Math.ceil(share * waited.length) - 1]);
    }

    int turnedAway() {
        return turnedAway.get();
    }

    int unanswered() {
        return unanswered.get();
    }

    int mostAttempts() {
        return mostAttempts.get();
    }

    private void after(long delay, TimeUnit unit, Turn turn) {
        CompletableFuture.delayedExecutor(delay, unit).execute(() -> ask(turn));
    }

    private void ask(Turn turn) {
        mostAttempts.accumulateAndGet(turn.attempt, Math::max);
        String form = devices.get(turn.device).form();
        var unused = Wire.postLater(service.getAsInt(), "/token", form).whenComplete((answer, failure) -> {
            try {
                understand(turn, answer);
            } catch (Throwable e) {
                turn.done.completeExceptionally(e);
            }
        });
    }

    private void understand(Turn turn, @Nullable HttpResponse<String> answer) {
        Answer understood =
                answer == null ? Answer.NONE : devices.get(turn.device).understand(answer);
        assertTrue(understood != Answer.DEAD, "a device must be approved anew");
        if (understood == Answer.REFRESHED) {
            waited[turn.device] = System.nanoTime() - turn.expires;
            turn.done.complete(null);
            return;
        }
        (answer == null ? unanswered : turnedAway).incrementAndGet();
        long seconds = answer == null
                ? 1L << Math.min(turn.attempt - 1, LONGEST_BACK_OFF)
                : answer.headers().firstValueAsLong("Retry-After").orElseThrow();
        after(seconds, TimeUnit.SECONDS, turn.next());
    }
}
