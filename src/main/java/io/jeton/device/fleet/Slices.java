package io.jeton.device.fleet;

import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Cuts what a batch looked at behind the last device that the rate leaves room for. */
final class Slices {
    private Slices() {}

    static BulkStepRepository.Slice read(Iterable<Row> rows, int allowance, int scanned) {
        List<UUID> hits = new ArrayList<>();
        @Nullable UUID last = null;
        int seen = 0;
        for (Row row : rows) {
            if (row.getBoolean("hit")) {
                if (hits.size() == allowance) {
                    return new BulkStepRepository.Slice(hits, last, false);
                }
                hits.add(row.getUUID("id"));
            }
            last = row.getUUID("id");
            seen++;
        }
        return new BulkStepRepository.Slice(hits, last, seen < scanned);
    }
}
