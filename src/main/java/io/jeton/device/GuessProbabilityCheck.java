package io.jeton.device;

import io.jeton.user.GuessBudget;
import io.jeton.user.GuessProbability;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Stops a start with limits under which user codes could be guessed, and tells how likely it is: RFC 8628 §5.1. */
@ApplicationScoped
final class GuessProbabilityCheck {
    private static final Logger LOG = Logger.getLogger(GuessProbabilityCheck.class);

    private final GuessBudget budget;
    private final DeviceConfig config;
    private final MeterRegistry meters;

    GuessProbabilityCheck(GuessBudget budget, DeviceConfig config, MeterRegistry meters) {
        this.budget = budget;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        GuessProbability probability = budget.probability(config.codeLifetime(), UserCode.POSSIBILITIES);
        Gauge.builder("jeton.user.code.guess.probability", probability, GuessProbability::perCode)
                .description("how likely one given user code is guessed while it lives, at the most")
                .strongReference(true)
                .register(meters);
        LOG.infof("a given user code is guessed with a probability of %.1e at the most", probability.perCode());
        if (probability.perCode() > budget.acceptedProbability()) {
            throw new ConfigurationException(
                    "a user code could be guessed with a probability of %.1e: lower".formatted(probability.perCode())
                            + " jeton.guess.total or jeton.device.code-lifetime, or lengthen jeton.guess.window;"
                            + " jeton.guess.accept-probability says how much is tolerated");
        }
    }
}
