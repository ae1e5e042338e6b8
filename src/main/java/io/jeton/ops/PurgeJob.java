package io.jeton.ops;

import io.jeton.database.DatabaseFailure;
import io.jeton.database.Purge;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Deletes what has ended, table by table, in small batches. Any number of replicas may run it. */
@ApplicationScoped
final class PurgeJob {
    private static final Logger LOG = Logger.getLogger(PurgeJob.class);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 20;

    private final List<Purge> purges;

    PurgeJob(@All List<Purge> purges) {
        this.purges = purges;
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return Multi.createFrom()
                .iterable(purges)
                .onItem()
                .transformToUniAndConcatenate(purge -> batches(purge, MOST_BATCHES))
                .onItem()
                .ignoreAsUni()
                .onFailure(DatabaseFailure::isAway)
                .invoke(failure -> LOG.debugf("nothing is purged: %s", failure.getMessage()))
                .onFailure(DatabaseFailure::isAway)
                .recoverWithNull();
    }

    private static Uni<Integer> batches(Purge purge, int left) {
        return purge.purge(BATCH)
                .chain(rows -> rows < BATCH || left <= 1 ? Uni.createFrom().item(rows) : batches(purge, left - 1));
    }
}
