package io.jeton.keys;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Tells how old the keys in force are and when the next takes over, as this replica last read them. */
@ApplicationScoped
final class KeyMetrics {
    private static final Logger LOG = Logger.getLogger(KeyMetrics.class);

    private final KeyTimetable timetable;
    private final MeterRegistry meters;
    private final Clock clock;
    private volatile List<KeyTimetable.Line> lines = List.of();
    private volatile Instant readAt;

    KeyMetrics(KeyTimetable timetable, MeterRegistry meters, Clock clock) {
        this.timetable = timetable;
        this.meters = meters;
        this.clock = clock;
        this.readAt = clock.instant();
    }

    void start(@Observes StartupEvent event) {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            gauge("jeton.key.age", "how long the key in force has been so", algorithm, line -> active(line)
                    .map(at -> Duration.between(at, clock.instant())));
            gauge(
                    "jeton.key.rotation.due",
                    "until the next key takes over; negative once it is late",
                    algorithm,
                    line -> line.dueAt().map(at -> Duration.between(clock.instant(), at)));
        }
        Gauge.builder("jeton.key.ring.age", () -> seconds(Duration.between(readAt, clock.instant())))
                .description("since this replica last read the keys")
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
    }

    void onRenewal(@Observes KeyRingRenewed renewed) {
        timetable
                .read()
                .subscribe()
                .with(
                        read -> {
                            lines = read;
                            readAt = clock.instant();
                        },
                        failure -> LOG.warnf("the keys' ages are not told anew: %s", failure.toString()));
    }

    private void gauge(
            String name,
            String description,
            KeyAlgorithm algorithm,
            Function<KeyTimetable.Line, Optional<Duration>> figure) {
        Gauge.builder(name, () -> lines.stream()
                        .filter(line -> line.algorithm() == algorithm)
                        .findFirst()
                        .flatMap(figure)
                        .map(KeyMetrics::seconds)
                        .orElse(Double.NaN))
                .description(description)
                .baseUnit("seconds")
                .tag("algorithm", algorithm.name().toLowerCase(Locale.ROOT))
                .strongReference(true)
                .register(meters);
    }

    private static Optional<Instant> active(KeyTimetable.Line line) {
        return line.keys().stream()
                .filter(key -> key.state().equals(KeyState.ACTIVE.name()))
                .findFirst()
                .flatMap(KeyTimetable.Entry::activatedAt);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
