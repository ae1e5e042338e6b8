package io.jeton.status;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Work that is asked for more often than it is worth doing: at once where it has not been done for a while, never twice at
 * the same time, and once more, after a pause, for all who asked meanwhile. It rests longer than it works, so that
 * costly work never has a processor for itself.
 */
final class Coalesced {
    private static final int REST = 4;

    private enum State {
        IDLE,
        BUSY,
        ASKED_AGAIN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final Supplier<Uni<Void>> work;
    private final Duration pause;

    /** @param work deals with its own failures */
    Coalesced(Supplier<Uni<Void>> work, Duration pause) {
        this.work = work;
        this.pause = pause;
    }

    void request() {
        if (state.getAndUpdate(now -> now == State.IDLE ? State.BUSY : State.ASKED_AGAIN) == State.IDLE) {
            run();
        }
    }

    private void run() {
        long begin = System.nanoTime();
        Uni.createFrom()
                .deferred(work::get)
                .onFailure()
                .recoverWithNull()
                .chain(() -> rest(Duration.ofNanos(System.nanoTime() - begin)))
                .subscribe()
                .with(done -> next());
    }

    private Uni<Void> rest(Duration worked) {
        Duration needed = worked.multipliedBy(REST);
        return Uni.createFrom().voidItem().onItem().delayIt().by(needed.compareTo(pause) > 0 ? needed : pause);
    }

    private void next() {
        if (state.getAndUpdate(now -> now == State.ASKED_AGAIN ? State.BUSY : State.IDLE) == State.ASKED_AGAIN) {
            run();
        }
    }
}
