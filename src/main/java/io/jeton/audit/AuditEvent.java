package io.jeton.audit;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a security review will ask about: who did what, to which device, of which client, from where, and how it
 * ended. Names rows by their ids; never holds a token, a code, a secret, or what somebody typed.
 *
 * @param account the person's whose device or sign-in it is
 * @param subject what else it happened to: a key, a request for a code, a bulk revocation, a delivery
 * @param from the address it was asked for from
 * @param reason a fixed phrase; for a key its algorithm
 * @param occurrences how often it happened, where it happens so often that it is not told each time
 */
public record AuditEvent(
        EventType type,
        Outcome outcome,
        @Nullable Actor actor,
        @Nullable String client,
        @Nullable UUID device,
        @Nullable UUID account,
        @Nullable String subject,
        @Nullable String from,
        @Nullable String reason,
        int occurrences) {

    public AuditEvent {
        client = plain(client);
        subject = plain(subject);
        from = plain(from);
        reason = plain(reason);
    }

    public static AuditEvent success(EventType type) {
        return new AuditEvent(type, Outcome.SUCCESS, null, null, null, null, null, null, null, 1);
    }

    public static AuditEvent refused(EventType type) {
        return new AuditEvent(type, Outcome.REFUSED, null, null, null, null, null, null, null, 1);
    }

    public AuditEvent withActor(Actor by) {
        return new AuditEvent(type, outcome, by, client, device, account, subject, from, reason, occurrences);
    }

    public AuditEvent withClient(String id) {
        return new AuditEvent(type, outcome, actor, id, device, account, subject, from, reason, occurrences);
    }

    public AuditEvent withDevice(UUID id) {
        return new AuditEvent(type, outcome, actor, client, id, account, subject, from, reason, occurrences);
    }

    public AuditEvent withAccount(UUID id) {
        return new AuditEvent(type, outcome, actor, client, device, id, subject, from, reason, occurrences);
    }

    /** A device need not have an owner. */
    public AuditEvent withAccount(Optional<UUID> id) {
        return id.map(this::withAccount).orElse(this);
    }

    public AuditEvent withSubject(String what) {
        return new AuditEvent(type, outcome, actor, client, device, account, what, from, reason, occurrences);
    }

    public AuditEvent withFrom(String address) {
        return new AuditEvent(type, outcome, actor, client, device, account, subject, address, reason, occurrences);
    }

    public AuditEvent withReason(String why) {
        return new AuditEvent(type, outcome, actor, client, device, account, subject, from, why, occurrences);
    }

    AuditEvent withOccurrences(int times) {
        return new AuditEvent(type, outcome, actor, client, device, account, subject, from, reason, times);
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : Text.plain(text);
    }
}
