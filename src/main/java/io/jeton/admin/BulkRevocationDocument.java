package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.device.fleet.BulkRevocation;
import io.jeton.device.registry.DeviceSelector;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A bulk revocation on the wire. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "BulkRevocation", description = "A bulk revocation and its progress.")
record BulkRevocationDocument(
        UUID id,
        Selector selector,

        @Schema(enumeration = {"revoke", "suspend", "retire"})
        String action,

        @Schema(description = "How many devices in a second, at the most.")
        int perSecond,

        String reason,

        @Schema(enumeration = {"running", "paused", "cancelled", "done"})
        String state,

        @Schema(description = "How many devices there was something to do to when it began.")
        long matched,

        @Schema(description = "How many it was done to.") long done,
        Instant startedAt,
        @Nullable Instant endedAt,

        @Schema(description = "Who ordered it, as the audit trail calls him.")
        String startedBy,

        String startedFrom) {

    /** Which devices. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(
            name = "DeviceSelector",
            description = "Which devices: those that fit everything that is said. Something must be said.")
    record Selector(
            @Schema(examples = "kettle") @Nullable String client,

            @Schema(description = "The whole name of the model.") @Nullable
            String model,

            @Nullable String serial,

            @Schema(description = "How the serial number begins.") @Nullable
            String serialPrefix,

            @Schema(description = "The name or the id of a user; an answer has the id.") @Nullable
            String owner,

            @Schema(enumeration = {"active", "suspended", "retired"}) @Nullable
            String state,

            @Schema(description = "Seen last before this instant: gone quiet.") @Nullable
            Instant seenBefore,

            @Schema(description = "Seen last at this instant or later.") @Nullable
            Instant seenAfter) {

        static Selector of(DeviceSelector selector) {
            return new Selector(
                    selector.client().orElse(null),
                    selector.model().orElse(null),
                    selector.serial().orElse(null),
                    selector.serialPrefix().orElse(null),
                    selector.owner().map(UUID::toString).orElse(null),
                    selector.state().map(Wire::word).orElse(null),
                    selector.seenBefore().orElse(null),
                    selector.seenAfter().orElse(null));
        }
    }

    static BulkRevocationDocument of(BulkRevocation revocation) {
        return new BulkRevocationDocument(
                revocation.id(),
                Selector.of(revocation.order().selector()),
                Wire.word(revocation.order().action()),
                revocation.order().perSecond(),
                revocation.order().reason(),
                Wire.word(revocation.state()),
                revocation.matched(),
                revocation.done(),
                revocation.startedAt(),
                revocation.endedAt().orElse(null),
                revocation.by().id(),
                revocation.by().from());
    }
}
