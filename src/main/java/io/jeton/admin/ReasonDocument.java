package io.jeton.admin;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** For the description alone: what {@link Reason} reads. */
@Schema(name = "Reason", description = "Why. No body is needed.")
record ReasonDocument(
        @Schema(
                description = "For the audit trail and for whoever looks later: 1 to 200 characters.",
                examples = "lost")
        @Nullable
        String reason) {}
