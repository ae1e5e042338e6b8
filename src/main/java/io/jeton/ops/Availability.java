package io.jeton.ops;

import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether a load balancer should lead here, which it should until a stop is near. A database that is away is away for every
 * replica: none would be left to serve keys, and to tell devices when to come again.
 */
@HealthGroup("serving")
@ApplicationScoped
final class Availability implements HealthCheck {
    private final Draining draining;

    Availability(Draining draining) {
        this.draining = draining;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("serving")
                .status(!draining.isStopNear())
                .build();
    }
}
