package io.jeton.ops;

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
    private static final int BATCH = 1000;
    /** More than comes in: a replica that takes 1,500 requests for a code in a second keeps up with itself. */
    private static final int MOST_BATCHES = 100;

    private final List<Purge> purges;

    PurgeJob(@All List<Purge> purges) {
        this.purges = purges;
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return Multi.createFrom()
                .iterable(purges)
                .onItem()
                .transformToUniAndConcatenate(PurgeJob::run)
                .onItem()
                .ignoreAsUni();
    }

    /** One that fails does not keep the others from their work. */
    private static Uni<Integer> run(Purge purge) {
        return batches(purge, MOST_BATCHES)
                .onFailure()
                .invoke(failure -> LOG.warnf("%s: %s", purge.getClass().getSimpleName(), failure.toString()))
                .onFailure()
                .recoverWithItem(0);
    }

    private static Uni<Integer> batches(Purge purge, int left) {
        return purge.purge(BATCH)
                .chain(rows -> rows < BATCH || left <= 1 ? Uni.createFrom().item(rows) : batches(purge, left - 1));
    }
}
