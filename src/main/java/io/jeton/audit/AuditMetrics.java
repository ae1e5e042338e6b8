package io.jeton.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Counts what the trail tells, by type and outcome: both are enumerations, so there are few series. */
@ApplicationScoped
final class AuditMetrics {
    private final MeterRegistry meters;
    private final AuditWriter writer;

    AuditMetrics(MeterRegistry meters, AuditWriter writer) {
        this.meters = meters;
        this.writer = writer;
    }

    void start(@Observes StartupEvent event) {
        for (EventType type : EventType.values()) {
            // From zero on: a first occurrence is a rise that an alert sees.
            for (Outcome outcome : Outcome.values()) {
                counter(type, outcome).increment(0);
            }
        }
        Gauge.builder("jeton.audit.lost", writer, AuditWriter::lost)
                .description("events that are in the log of this replica and not in the table")
                .register(meters);
    }

    void count(AuditEvent event) {
        counter(event.type(), event.outcome()).increment(event.occurrences());
    }

    private Counter counter(EventType type, Outcome outcome) {
        return Counter.builder("jeton.audit.events")
                .description("events of the audit trail")
                .tag("type", type.value())
                .tag("outcome", outcome.value())
                .register(meters);
    }
}
