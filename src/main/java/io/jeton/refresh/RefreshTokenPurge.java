package io.jeton.refresh;

import io.jeton.database.Purge;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Walks over the table slice by slice and deletes what ended a while ago. There is no index on an expiry, so that a
 * refresh has none to maintain; the walk is slow and never ends.
 */
@ApplicationScoped
final class RefreshTokenPurge implements Purge {
    private static final int RETENTION_DAYS = 30;
    /** A million devices are walked over in less than two hours. */
    private static final int SLICE = 10_000;

    private static final int DONE = 0;
    private static final UUID START = new UUID(0, 0);

    private final GrantEndRepository repository;
    private volatile UUID after = START;

    RefreshTokenPurge(GrantEndRepository repository) {
        this.repository = repository;
    }

    @Override
    public Uni<Integer> purge(int batch) {
        return repository.purge(after, SLICE, RETENTION_DAYS).map(slice -> {
            UUID last = slice.last();
            after = last == null || slice.rows() < SLICE ? START : last;
            return DONE;
        });
    }
}
