package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.refresh.StandingGrant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A grant on the wire. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Grant", description = "What a device was granted: its refresh token, without the token.")
record GrantDocument(
        UUID id,
        @Schema(description = "The id of its device.") UUID device,

        @Schema(description = "The id of the user who approved it; missing where nobody had to.") @Nullable
        UUID user,

        String clientId,
        List<String> scopes,
        Instant grantedAt,

        @Schema(description = "When the person who approved it had signed in.")
        Instant authenticatedAt,

        Instant refreshedAt,

        @Schema(description = "The address that its newest token went to.") @Nullable
        String refreshedFrom,

        @Schema(description = "When it ends, if the device does not come back before.")
        Instant idleExpiresAt,

        @Schema(description = "When it ends, whatever the device does.")
        Instant absoluteExpiresAt,

        @Schema(
                description =
                        "What its refresh token is bound to, where it is: a key (RFC 9449 §5), or by x5t#S256: a certificate.")
        @Nullable
        String keyThumbprint,

        @Schema(description = "Whether it has neither expired nor been ended.")
        boolean live,

        @Schema(description = "Whether its device is, so that it lies idle.")
        boolean suspended,

        @Nullable Instant revokedAt,
        @Nullable String revocationReason,

        @Schema(description = "Its place in the status lists.")
        long statusIndex) {

    static GrantDocument of(StandingGrant grant) {
        StandingGrant.Times times = grant.times();
        return new GrantDocument(
                grant.id(),
                grant.device(),
                grant.account().orElse(null),
                grant.client(),
                List.copyOf(grant.scopes().values()),
                times.grantedAt(),
                times.authenticatedAt(),
                times.refreshedAt(),
                grant.lastFrom().orElse(null),
                times.idleExpiresAt(),
                times.absoluteExpiresAt(),
                grant.keyThumbprint().orElse(null),
                grant.live(),
                grant.suspended(),
                grant.revocation().map(StandingGrant.Revocation::at).orElse(null),
                grant.revocation().map(StandingGrant.Revocation::reason).orElse(null),
                grant.statusIndex());
    }
}
