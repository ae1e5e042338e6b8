package io.jeton.device.fleet;

import io.jeton.database.RowCursor;
import io.jeton.device.registry.OrderedBy;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A bulk revocation and its progress.
 *
 * @param matched how many devices there was something to do to when it began
 * @param done how many it was done to
 * @param startedAt devices that were first seen later are none of its business
 */
public record BulkRevocation(
        UUID id,
        BulkOrder order,
        OrderedBy by,
        BulkState state,
        long matched,
        long done,
        Instant startedAt,
        Optional<Instant> endedAt) {

    /** Where the list goes on behind it. */
    public RowCursor cursor() {
        return new RowCursor(startedAt, id);
    }
}
