package io.jeton.refresh;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Stops a start with a setting that no device could follow. */
@ApplicationScoped
final class StartCheck {
    private static final Duration LONGEST = Duration.ofDays(30);

    private final RefreshConfig config;

    StartCheck(RefreshConfig config) {
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        check(config.suspendedRetryAfter());
    }

    static void check(Duration suspendedRetryAfter) {
        if (suspendedRetryAfter.toSeconds() < 1 || suspendedRetryAfter.compareTo(LONGEST) > 0) {
            throw new ConfigurationException(
                    "jeton.refresh.suspended-retry-after must be at least one second and at most 30 days");
        }
    }
}
