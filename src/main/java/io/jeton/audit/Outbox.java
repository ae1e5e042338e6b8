package io.jeton.audit;

import io.jeton.database.OpenTransaction;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Whoever passes events on, and writes what is to be passed on in the transaction that writes the events. */
public interface Outbox {
    Uni<Void> enqueue(OpenTransaction tx, List<Occurrence> events);
}
