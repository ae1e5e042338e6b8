package io.jeton.client;

import java.time.Instant;

/**
 * A client as table {@code client} has it.
 *
 * @param version counts its changes
 */
record StoredClient(ClientRow row, long version, Instant createdAt, Instant updatedAt) {
    String id() {
        return row.id();
    }
}
