package io.jeton.client;

import io.jeton.managed.Registered;
import io.jeton.managed.Source;
import java.time.Instant;
import java.util.Optional;

/**
 * A client as it is registered.
 *
 * @param version counts its changes
 * @param declared whether its source still declares it, so that nobody else may change it
 * @param formerSecretUntil how long its former secret counts as well
 */
public record RegisteredClient(
        ClientSpecification specification,
        Source source,
        boolean declared,
        long version,
        Optional<Instant> formerSecretUntil,
        Instant createdAt,
        Instant updatedAt)
        implements Registered {
    public String id() {
        return specification.id();
    }
}
