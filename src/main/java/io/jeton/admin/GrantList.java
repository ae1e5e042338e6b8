package io.jeton.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** For the description alone: what {@link Answers#page} makes. */
@Schema(name = "GrantPage", description = "A part of the list of live grants, those of the newest devices first.")
record GrantList(
        List<GrantDocument> items,

        @Schema(description = "The address of what comes after; missing at the end.") @Nullable
        String next) {}
