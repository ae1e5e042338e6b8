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
    private static final UUID START = new UUID(0, 0);

    private final RefreshTokenRepository repository;
    private volatile UUID after = START;

    RefreshTokenPurge(RefreshTokenRepository repository) {
        this.repository = repository;
    }

    @Override
    public Uni<Integer> purge(int batch) {
        return repository.purge(after, batch, RETENTION_DAYS).map(slice -> {
            UUID last = slice.last();
            after = last == null || slice.rows() < batch ? START : last;
            return slice.rows();
        });
    }
}
