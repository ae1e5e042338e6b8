package io.jeton.client;

import java.util.Optional;

/**
 * A client after a change.
 *
 * @param secret the secret that the change made: this is the only time it is seen
 */
public record IssuedClient(RegisteredClient client, Optional<String> secret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "IssuedClient[" + client.id() + "]";
    }
}
