package io.jeton.bench.load;

import java.time.Duration;

/** The processes that serve the load. */
public record Watched(ProcessTree server, ProcessTree database) {

    /** What they have used so far. */
    record Usage(Duration server, Duration database) {
        Usage minus(Usage before) {
            return new Usage(server.minus(before.server), database.minus(before.database));
        }
    }

    Usage usage() {
        return new Usage(server.cpu(), database.cpu());
    }
}
