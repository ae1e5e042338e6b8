package io.jeton.database;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Where a list goes on: after a row, by when that came and its id, whatever came or went before it. Opaque to who asks. */
public record RowCursor(Instant at, UUID id) {
    private static final int BYTES = 24;

    /** Reads what {@link #toString} wrote; nothing where it did not. */
    public static Optional<RowCursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length != BYTES) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            Instant at = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
            return Optional.of(new RowCursor(at, new UUID(buffer.getLong(), buffer.getLong())))
                    // What PostgreSQL can hold; the rest nobody wrote here.
                    .filter(cursor -> at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("9999-12-31T00:00:00Z")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** For the address of the next page. */
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
