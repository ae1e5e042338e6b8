package io.jeton.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** How long a request may wait for the database before the device is told to come again. */
@ApplicationScoped
public final class RequestTimeout {
    private final Config config;

    RequestTimeout(Config config) {
        this.config = config;
    }

    /** Limits of the HTTP endpoints. */
    @ConfigMapping(prefix = "jeton.http")
    interface Config {
        /** After this long a request that waits for the database is answered with 503 and Retry-After. */
        @WithDefault("PT10S")
        Duration timeout();
    }

    public <T> Uni<T> limit(Uni<T> answer) {
        return answer.ifNoItem().after(config.timeout()).failWith(TimeoutException::new);
    }
}
