package io.jeton.user;

import io.jeton.managed.Registered;
import io.jeton.managed.Source;
import java.time.Instant;
import java.util.UUID;

/**
 * An account as it is registered.
 *
 * @param version counts its changes
 * @param declared whether its source still declares it, so that nobody else may change it
 */
public record RegisteredAccount(
        UUID id,
        AccountSpecification specification,
        Source source,
        boolean declared,
        long version,
        Instant createdAt,
        Instant updatedAt)
        implements Registered {
    public String name() {
        return specification.name();
    }
}
