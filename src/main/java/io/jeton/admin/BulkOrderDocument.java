package io.jeton.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** For the description alone: what {@link BulkBody} reads. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "BulkOrder", description = "Many devices that shall be revoked, suspended or retired.")
record BulkOrderDocument(
        @Schema(required = true) BulkRevocationDocument.Selector selector,

        @Schema(
                enumeration = {"revoke", "suspend", "retire"},
                defaultValue = "revoke")
        @Nullable
        String action,

        @Schema(description = "How many devices in a second, 1 to 10000.", defaultValue = "100") @Nullable
        Integer perSecond,

        @Schema(
                description =
                        "How many devices it may concern at the most. Where more match when it is to begin, it does"
                                + " not: say what the dry run has counted.")
        @Nullable
        Integer max,

        @Schema(description = "1 to 200 characters.") @Nullable
        String reason,

        @Schema(
                description = "Whether nothing is done but to count, and to show some of them. Say false to begin.",
                defaultValue = "true")
        @Nullable
        Boolean dryRun) {}
