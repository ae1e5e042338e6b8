package io.jeton.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;

/** Tells how many status lists this replica serves, and how long ago it saw that they are up to date. */
@ApplicationScoped
final class StatusListMetrics {
    private final CurrentStatusLists lists;
    private final MeterRegistry meters;
    private final Clock clock;

    StatusListMetrics(CurrentStatusLists lists, MeterRegistry meters, Clock clock) {
        this.lists = lists;
        this.meters = meters;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("jeton.status.lists", lists::count)
                .description("status lists that are served")
                .strongReference(true)
                .register(meters);
        Gauge.builder(
                        "jeton.status.list.age",
                        () -> Duration.between(lists.renewedAt(), clock.instant())
                                        .toMillis()
                                / 1000.0)
                .description("since the status lists were last seen to be up to date")
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
    }
}
