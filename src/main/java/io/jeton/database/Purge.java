package io.jeton.database;

import io.smallrye.mutiny.Uni;

/** A table's rule for rows that have ended. Each is found by the job that runs them all. */
public interface Purge {
    /**
     * Deletes what has ended, in one small statement.
     *
     * @param batch how many rows to look at, at the most
     * @return how many there were; fewer than the batch where there is nothing more to do
     */
    Uni<Integer> purge(int batch);
}
