package io.jeton.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Whoever passes events on, and writes what is to be passed on in the transaction that writes the events. */
public interface Outbox {
    Uni<Void> enqueue(SqlConnection tx, List<Occurrence> events);
}
