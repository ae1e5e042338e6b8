package io.jeton.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** For the description alone: what {@link Answers#page} makes. */
@Schema(name = "BulkRevocationPage", description = "A part of the list of bulk revocations, the newest first.")
record BulkRevocationList(
        List<BulkRevocationDocument> items,

        @Schema(description = "The address of what comes after; missing at the end.") @Nullable
        String next) {}
