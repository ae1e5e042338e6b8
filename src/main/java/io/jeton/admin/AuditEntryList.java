package io.jeton.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** For the description alone: what {@link Answers#page} makes. */
@Schema(name = "AuditEntryPage", description = "A part of the audit trail, the newest first.")
record AuditEntryList(
        List<AuditDocument> items,

        @Schema(description = "The address of what comes after; missing at the end.") @Nullable
        String next) {}
