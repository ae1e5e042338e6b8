package io.jeton.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to read of the trail, the newest first.
 *
 * @param type an {@link EventType#value}, or one that only a newer version knows
 * @param since the first instant, included
 * @param until the last instant, not included
 * @param before the id of the last entry of the page before
 * @param limit how many at the most
 */
public record AuditQuery(
        @Nullable String type,
        @Nullable String client,
        @Nullable UUID device,
        @Nullable UUID account,
        @Nullable String actor,
        @Nullable Outcome outcome,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Long before,
        int limit) {

    public static AuditQuery newest(int limit) {
        return new AuditQuery(null, null, null, null, null, null, null, null, null, limit);
    }

    public AuditQuery ofType(String value) {
        return new AuditQuery(value, client, device, account, actor, outcome, since, until, before, limit);
    }

    public AuditQuery ofClient(String id) {
        return new AuditQuery(type, id, device, account, actor, outcome, since, until, before, limit);
    }

    public AuditQuery ofDevice(UUID id) {
        return new AuditQuery(type, client, id, account, actor, outcome, since, until, before, limit);
    }

    public AuditQuery ofAccount(UUID id) {
        return new AuditQuery(type, client, device, id, actor, outcome, since, until, before, limit);
    }

    /** @param id the account's, the client's, the device's or the operator's */
    public AuditQuery ofActor(String id) {
        return new AuditQuery(type, client, device, account, id, outcome, since, until, before, limit);
    }

    public AuditQuery ofOutcome(Outcome is) {
        return new AuditQuery(type, client, device, account, actor, is, since, until, before, limit);
    }

    public AuditQuery since(Instant instant) {
        return new AuditQuery(type, client, device, account, actor, outcome, instant, until, before, limit);
    }

    public AuditQuery until(Instant instant) {
        return new AuditQuery(type, client, device, account, actor, outcome, since, instant, before, limit);
    }

    public AuditQuery before(long id) {
        return new AuditQuery(type, client, device, account, actor, outcome, since, until, id, limit);
    }
}
