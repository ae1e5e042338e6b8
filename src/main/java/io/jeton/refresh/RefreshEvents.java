package io.jeton.refresh;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;

/** What the trail is told of a refresh token. */
final class RefreshEvents {
    private RefreshEvents() {}

    static AuditEvent givenBack(RefreshTokenRow row, String from) {
        return AuditEvent.success(EventType.DEVICE_REVOKED)
                .withActor(Actor.client(row.client()))
                .withClient(row.client())
                .withDevice(row.device())
                .withAccount(row.account())
                .withReason("the client gave its token back")
                .withFrom(from);
    }

    static AuditEvent withoutKey(RefreshTokenRow row, String from) {
        return AuditEvent.refused(EventType.REFRESH_TOKEN_WITHOUT_KEY)
                .withActor(Actor.client(row.client()))
                .withClient(row.client())
                .withDevice(row.device())
                .withAccount(row.account())
                .withFrom(from);
    }

    static AuditEvent reuse(RefreshTokenRow row, RefreshTokenRepository.Presented presented) {
        return about(row, AuditEvent.refused(EventType.REFRESH_TOKEN_REUSE), presented)
                .withReason("a refresh token was used before");
    }

    static AuditEvent ahead(RefreshTokenRow row, RefreshTokenRepository.Presented presented) {
        return about(row, AuditEvent.success(EventType.REFRESH_TOKEN_AHEAD), presented);
    }

    private static AuditEvent about(RefreshTokenRow row, AuditEvent event, RefreshTokenRepository.Presented presented) {
        return event.withActor(Actor.device(row.device()))
                .withClient(presented.client().id())
                .withDevice(row.device())
                .withAccount(row.account())
                .withFrom(presented.from());
    }
}
