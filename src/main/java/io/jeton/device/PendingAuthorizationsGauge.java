package io.jeton.device;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Tells how many codes wait for a person, over all replicas, as this one last counted them. */
@ApplicationScoped
final class PendingAuthorizationsGauge {
    private static final Logger LOG = Logger.getLogger(PendingAuthorizationsGauge.class);

    private final DeviceAuthorizationRepository repository;
    private final MeterRegistry meters;
    private volatile double pending = Double.NaN;

    PendingAuthorizationsGauge(DeviceAuthorizationRepository repository, MeterRegistry meters) {
        this.repository = repository;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("jeton.device.authorizations.pending", () -> pending)
                .description("device authorizations that wait for a person")
                .strongReference(true)
                .register(meters);
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return repository
                .countPending()
                .invoke(count -> pending = count)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> {
                    pending = Double.NaN;
                    LOG.warnf("pending device authorizations are not counted: %s", failure.toString());
                })
                .onFailure()
                .recoverWithNull();
    }
}
