package io.jeton.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of table {@code audit_event}, in its own words: a newer version may have written it. */
public record AuditEntry(
        long id,
        Instant at,
        String type,
        String outcome,
        @Nullable String actorKind,
        @Nullable String actorId,
        @Nullable String client,
        @Nullable UUID device,
        @Nullable UUID account,
        @Nullable String subject,
        @Nullable String from,
        @Nullable String reason,
        int occurrences) {}
