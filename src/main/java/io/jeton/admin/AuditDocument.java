package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.audit.AuditEntry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An entry of the audit trail on the wire. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "AuditEntry", description = "Something that happened.")
record AuditDocument(
        long id,
        Instant at,
        @Schema(examples = "device.revoked") String type,
        @Schema(enumeration = {"success", "refused"}) String outcome,

        @Schema(
                description = "Who did it; missing where nobody knows.",
                enumeration = {"person", "client", "device", "operator", "system"})
        @Nullable
        String actorKind,

        @Nullable String actorId,
        @Nullable String clientId,
        @Nullable UUID device,

        @Schema(description = "The id of the user whose device or sign-in it is.") @Nullable
        UUID user,

        @Schema(description = "What else it happened to: a key, a bulk revocation, a grant, a token's jti.") @Nullable
        String subject,

        @Schema(description = "The address that it was asked for from.") @Nullable
        String from,

        @Nullable String reason,

        @Schema(description = "How often, where it happens so often that it is not told each time.")
        int occurrences) {

    static AuditDocument of(AuditEntry entry) {
        return new AuditDocument(
                entry.id(),
                entry.at(),
                entry.type(),
                entry.outcome(),
                entry.actorKind(),
                entry.actorId(),
                entry.client(),
                entry.device(),
                entry.account(),
                entry.subject(),
                entry.from(),
                entry.reason(),
                entry.occurrences());
    }
}
