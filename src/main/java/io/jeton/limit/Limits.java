package io.jeton.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The limits of this replica. */
@ApplicationScoped
public final class Limits {
    private final Map<Limit, Buckets> buckets = new EnumMap<>(Limit.class);
    private final LimitsConfig config;
    private final MeterRegistry meters;

    /** @throws ConfigurationException where a bucket can never be filled */
    Limits(LimitsConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        put(Limit.DEVICE_AUTHORIZATION_PER_ADDRESS, config.deviceAuthorizationPerAddress());
        put(Limit.DEVICE_AUTHORIZATION_PER_CLIENT, config.deviceAuthorizationPerClient());
        put(Limit.TOKENS_PER_CLIENT, config.tokensPerClient());
        put(Limit.FAILURES_PER_ADDRESS, config.failuresPerAddress());
        put(Limit.FORMS_PER_ADDRESS, config.formsPerAddress());
        put(Limit.FORMS_PER_ACCOUNT, config.formsPerAccount());
        put(Limit.ADMIN_PER_OPERATOR, config.adminPerOperator());
    }

    /** A wrong configuration stops the start, not the first request. */
    void start(@Observes StartupEvent event) {}

    @Scheduled(every = "1m")
    void sweep() {
        buckets.values().forEach(Buckets::sweep);
    }

    /**
     * Takes a token.
     *
     * @throws LimitExceededException where there is none
     */
    public void take(Limit limit, String whose) {
        Buckets of = buckets.get(limit);
        if (of != null && !of.take(whose)) {
            throw exceeded(limit, of, whose);
        }
    }

    private LimitExceededException exceeded(Limit limit, Buckets of, String whose) {
        counter(limit).increment();
        return new LimitExceededException(of.waiting(whose));
    }

    private Counter counter(Limit limit) {
        return meters.counter("jeton.limit.refused", "limit", limit.name().toLowerCase(Locale.ROOT));
    }

    private void put(Limit limit, LimitsConfig.Bucket bucket) {
        if (bucket.burst() < 0 || !(bucket.perSecond() > 0) || bucket.perSecond() > 1_000_000) {
            throw new ConfigurationException(
                    "jeton.limits." + limit.name().toLowerCase(Locale.ROOT).replace('_', '-')
                            + ": burst must not be negative, and per-second must be more than nothing");
        }
        if (config.enabled() && bucket.burst() > 0) {
            buckets.put(limit, new Buckets(new Rate(bucket.perSecond(), bucket.burst()), System::nanoTime));
        }
        // There from the start, with 0: a series that begins with 1 has not increased.
        counter(limit).increment(0);
    }
}
