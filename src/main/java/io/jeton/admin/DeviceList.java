package io.jeton.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** For the description alone: what {@link Answers#page} makes. */
@Schema(name = "DevicePage", description = "A part of the list of devices, the newest first.")
record DeviceList(
        List<DeviceDocument> items,

        @Schema(description = "The address of what comes after; missing at the end.") @Nullable
        String next) {}
