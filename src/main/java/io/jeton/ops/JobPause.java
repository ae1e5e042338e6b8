package io.jeton.ops;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Begins no job once a stop is near: the database's connections may close before it ends. Another replica does its work. */
@ApplicationScoped
final class JobPause {
    private final Scheduler scheduler;

    JobPause(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void stopIsNear(@Observes ShutdownDelayInitiatedEvent event) {
        // A command has none that runs.
        if (scheduler.isRunning()) {
            scheduler.pause();
        }
    }
}
