package io.jeton.user;

import java.time.Instant;
import java.util.UUID;

/**
 * An account as table {@code account} has it.
 *
 * @param version counts its changes
 */
record StoredAccount(AccountRow row, long version, Instant createdAt, Instant updatedAt) {
    UUID id() {
        return row.id();
    }
}
