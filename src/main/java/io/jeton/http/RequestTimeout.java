package io.jeton.http;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** How long a request may wait for the database before the device is told to come again. */
@ApplicationScoped
public final class RequestTimeout {
    private final HttpConfig config;

    RequestTimeout(HttpConfig config) {
        this.config = config;
    }

    public <T> Uni<T> limit(Uni<T> answer) {
        return answer.ifNoItem().after(config.timeout()).failWith(TimeoutException::new);
    }

    /** The moment after which what is not committed yet must not be: a little before the request is given up. */
    public Deadline deadline() {
        return new Deadline(System.nanoTime() + config.timeout().toNanos() / 5 * 4);
    }

    /** See {@link #deadline}. */
    public record Deadline(long nanos) {
        /** @throws CompletionException because of a {@link TimeoutException}, once the moment has passed */
        public void check() {
            if (System.nanoTime() - nanos > 0) {
                throw new CompletionException(new TimeoutException());
            }
        }
    }
}
