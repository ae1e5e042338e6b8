package io.jeton.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A closed loop: every worker has one request under way, and begins the next when it is answered. */
public final class LoadRun {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    private final Http http;
    private final Watched watched;
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Map<String, Integer> errors = new TreeMap<>();
    private long bytes;
    private long from;
    private long end;

    private LoadRun(Http http, Watched watched) {
        this.http = http;
        this.watched = watched;
    }

    /**
     * Warms up and measures; blocks meanwhile.
     *
     * @throws RefusedException where any answer was unexpected: what such a run shows is worth nothing
     */
    public static Measured measure(
            String name, Http http, List<Scenario> workers, Watched watched, Duration warmUp, Duration length) {
        return new LoadRun(http, watched).measure(name, workers, warmUp, length);
    }

    private Measured measure(String name, List<Scenario> workers, Duration warmUp, Duration length) {
        long begin = System.nanoTime();
        from = begin + warmUp.toNanos();
        end = from + length.toNanos();
        Future<Watched.Usage> before = usageAt(warmUp);
        Future<Watched.Usage> after = usageAt(warmUp.plus(length));
        // All on the one event loop of the client: nothing here is shared between threads.
        List<Future<Void>> done = workers.stream().map(worker -> begin(worker)).toList();
        Future.join(done).toCompletionStage().toCompletableFuture().join();
        Watched.Usage used = join(after).minus(join(before));
        if (!errors.isEmpty()) {
            throw new RefusedException(name + ": " + Http.describe(errors));
        }
        return measured(name, workers.size(), used, length);
    }

    private Future<Watched.Usage> usageAt(Duration moment) {
        return http.vertx()
                .timer(Math.max(1, moment.toMillis()), TimeUnit.MILLISECONDS)
                .compose(passed -> http.vertx().executeBlocking(watched::usage));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private Future<Void> begin(Scenario worker) {
        Promise<Void> done = Promise.promise();
        http.vertx().runOnContext(start -> next(worker, done));
        return done.future();
    }

    private void next(Scenario worker, Promise<Void> done) {
        long asked = System.nanoTime();
        if (asked >= end) {
            done.complete();
            return;
        }
        worker.once().onComplete(answer -> {
            if (answer.failed()) {
                errors.merge(String.valueOf(answer.cause().getMessage()), 1, Integer::sum);
                done.complete();
                return;
            }
            count(asked, answer.result());
            next(worker, done);
        });
    }

    private void count(long asked, Answer answer) {
        long now = System.nanoTime();
        if (now >= from && now < end) {
            micros.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(now - asked)));
            bytes += answer.bytes();
        }
    }

    private Measured measured(String name, int workers, Watched.Usage used, Duration length) {
        long count = micros.getTotalCount();
        return new Measured(
                name,
                workers,
                count,
                count * 1000.0 / length.toMillis(),
                millis(50),
                millis(95),
                millis(99),
                millis(99.9),
                (double) used.server().toMillis() / count,
                (double) used.database().toMillis() / count,
                watched.server().peakMib(),
                bytes / Math.max(1, count));
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
