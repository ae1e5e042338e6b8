package io.jeton.client;

import io.jeton.managed.Source;
import java.time.Instant;
import java.util.Optional;

/**
 * What is written of a client.
 *
 * @param withdrawnAt when its source ceased to declare it
 */
record ClientRow(ClientSpecification client, HeldSecrets secrets, Source source, Optional<Instant> withdrawnAt) {
    ClientRow(ClientSpecification client, HeldSecrets secrets, Source source) {
        this(client, secrets, source, Optional.empty());
    }

    String id() {
        return client.id();
    }

    AuthMethod authMethod() {
        return AuthMethod.of(client.authentication().method());
    }

    ClientRow with(ClientSpecification other) {
        return new ClientRow(other, secrets, source, withdrawnAt);
    }

    ClientRow with(HeldSecrets others) {
        return new ClientRow(client, others, source, withdrawnAt);
    }

    /** Switched off, since it is declared no longer. */
    ClientRow withdrawn(Instant now) {
        return new ClientRow(client.enabled(false), secrets, source, Optional.of(now));
    }
}
