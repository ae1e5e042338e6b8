package io.jeton.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who orders a change, and where from.
 *
 * @param from the address the order came from; null where it came from no network
 */
public record Author(Actor actor, @Nullable String from) {
    /** Jeton itself, which does what was declared. */
    public static final Author SYSTEM = new Author(Actor.SYSTEM, null);

    /** Says of an event that he did it. */
    public AuditEvent sign(AuditEvent event) {
        AuditEvent by = event.withActor(actor);
        return from == null ? by : by.withFrom(from);
    }
}
