package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.device.registry.Device;
import io.jeton.device.registry.DeviceGrant;
import io.jeton.protocol.Identifier;
import io.jeton.user.Account;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A device on the wire. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Device", description = "A device of the registry. It outlives its tokens.")
public record DeviceDocument(
        UUID id,

        @Schema(description = "The same id as access tokens have it.", examples = "Wm0j3p1mQxuYb1rTgq9m3A")
        String deviceId,

        @Schema(description = "The client whose software is on it.", examples = "kettle")
        String clientId,

        @Schema(description = "The name of the person whose it is, if somebody's.", examples = "alice") @Nullable
        String owner,

        @Nullable UUID ownerId,

        @Schema(description = "What it calls itself, or the name that a person gave it.") @Nullable
        String name,

        @Nullable String model,
        @Nullable String serial,

        @Schema(enumeration = {"active", "suspended", "retired"})
        String state,

        @Nullable Instant stateChangedAt,

        @Schema(description = "Whether an operator decided on its state, so that its owner cannot undo it.")
        boolean heldByOperator,

        Instant firstSeenAt,
        String firstSeenFrom,

        @Schema(description = "When it got its newest token.")
        Instant lastSeenAt,

        String lastSeenFrom,

        @Schema(description = "The thumbprint (RFC 7638) of the key it was enrolled with.") @Nullable
        String keyThumbprint,

        @Nullable Grant grant) {

    /** What it was granted last. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "GrantOfDevice", description = "What a device was granted last.")
    public record Grant(
            List<String> scopes,
            Instant grantedAt,
            Instant refreshedAt,

            @Schema(description = "When it ends, if the device does not come back before.")
            Instant expiresAt,

            @Schema(description = "Whether the device can refresh by it, were it active.")
            boolean live,

            @Nullable Instant revokedAt,
            @Nullable String revocationReason,

            @Schema(description = "Its place in the status lists.")
            long statusIndex) {

        static Grant of(DeviceGrant grant) {
            return new Grant(
                    List.copyOf(grant.scopes().values()),
                    grant.grantedAt(),
                    grant.refreshedAt(),
                    grant.expiresAt(),
                    grant.live(),
                    grant.revocation().map(DeviceGrant.Revocation::at).orElse(null),
                    grant.revocation().map(DeviceGrant.Revocation::reason).orElse(null),
                    grant.statusIndex());
        }
    }

    public static DeviceDocument of(Device device) {
        Device.Standing standing = device.standing();
        Device.Seen seen = device.seen();
        return new DeviceDocument(
                device.id(),
                Identifier.of(device.id()),
                device.clientId(),
                device.owner().map(Account::name).orElse(null),
                device.owner().map(Account::id).orElse(null),
                device.said().name().orElse(null),
                device.said().model().orElse(null),
                device.said().serial().orElse(null),
                Wire.word(standing.state()),
                standing.changedAt().orElse(null),
                standing.heldByOperator(),
                seen.firstAt(),
                seen.firstFrom(),
                seen.lastAt(),
                seen.lastFrom(),
                device.keyThumbprint().orElse(null),
                device.grant().map(Grant::of).orElse(null));
    }
}
