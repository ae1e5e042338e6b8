package io.jeton.device;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.EventType;
import io.jeton.client.Client;
import io.jeton.crypto.Randomness;
import io.jeton.grant.Authorization;
import io.jeton.grant.GrantResult;
import io.jeton.grant.IssuedRefreshToken;
import io.jeton.grant.RefreshTokens;
import io.jeton.grant.TokenRequest;
import io.jeton.http.RequestTimeout;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.Scopes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Turns an approved code into an authorization, once: all of it in one transaction, or nothing. */
@ApplicationScoped
final class DeviceRedemption {
    /** How long the same device may fetch an answer again that got lost. */
    private static final Duration REPEATABLE = Duration.ofMinutes(1);

    private static final GrantResult REPLAYED = GrantResult.invalidGrant("the device code was redeemed before");

    private static final String NOTHING_LEFT = "the client is no longer registered for any scope that was approved";

    private static final String NOT_THIS_DEVICE =
            "the device is suspended or retired, or was enrolled with a key that this request does not prove";

    private final DeviceAuthorizationRepository authorizations;
    private final DeviceRepository devices;
    private final RefreshTokens refreshTokens;
    private final Randomness randomness;
    private final RequestTimeout timeout;
    private final Event<AuditEvent> audit;
    private final AuditTrail trail;

    DeviceRedemption(
            DeviceAuthorizationRepository authorizations,
            DeviceRepository devices,
            RefreshTokens refreshTokens,
            Randomness randomness,
            RequestTimeout timeout,
            Event<AuditEvent> audit,
            AuditTrail trail) {
        this.authorizations = authorizations;
        this.devices = devices;
        this.refreshTokens = refreshTokens;
        this.randomness = randomness;
        this.timeout = timeout;
        this.audit = audit;
        this.trail = trail;
    }

    /** @param proven whether PKCE shows that the presenter is who asked for the code */
    record Code(UUID id, TokenRequest request, boolean proven) {
        Client client() {
            return request.client();
        }
    }

    /**
     * What a transaction came to.
     *
     * @param events what is told of it, once it is committed
     * @param written what is told in the transaction itself
     */
    private record Redeemed(GrantResult result, List<AuditEvent> events, List<AuditEvent> written) {
        Redeemed(GrantResult result, AuditEvent... events) {
            this(result, List.of(events), List.of());
        }
    }

    /** Late answers are rolled back: the device was told to come again, and must find its code as it was. */
    Uni<GrantResult> redeem(Code code) {
        RequestTimeout.Deadline deadline = timeout.deadline();
        return authorizations
                .inTransaction(tx -> authorizations
                        .consume(tx, code.id, code.client().id())
                        .chain(consumed -> consumed.isPresent() ? first(tx, code, consumed.get()) : again(tx, code))
                        .invoke(deadline::check))
                .invoke(redeemed -> redeemed.events.forEach(audit::fire))
                .invoke(redeemed -> redeemed.written.forEach(trail::log))
                .map(Redeemed::result);
    }

    private Uni<Redeemed> first(SqlConnection tx, Code code, ConsumedAuthorization approved) {
        if (nothingIsLeft(code, approved)) {
            return refused(ErrorCode.INVALID_SCOPE, NOTHING_LEFT);
        }
        UUID newId = randomness.id();
        return devices.register(tx, newId, code.request, approved)
                .chain(device -> device.isEmpty()
                        ? refused(ErrorCode.ACCESS_DENIED, NOT_THIS_DEVICE)
                        : open(tx, code, authorization(code, approved, device.get(), Optional.empty()))
                                .map(granted -> new Redeemed(
                                        granted,
                                        issued(
                                                code,
                                                approved,
                                                device.get(),
                                                device.get().equals(newId)))));
    }

    private static AuditEvent[] issued(Code code, ConsumedAuthorization approved, UUID device, boolean isNew) {
        AuditEvent issued = about(code, approved, device, AuditEvent.success(EventType.TOKEN_ISSUED));
        return isNew
                ? new AuditEvent[] {about(code, approved, device, AuditEvent.success(EventType.DEVICE_ENROLLED)), issued
                }
                : new AuditEvent[] {issued};
    }

    private static AuditEvent about(Code code, ConsumedAuthorization consumed, UUID device, AuditEvent event) {
        return event.withActor(Actor.device(device))
                .withClient(code.client().id())
                .withDevice(device)
                .withAccount(consumed.account())
                .withSubject(code.id.toString())
                .withFrom(code.request.from());
    }

    private Uni<GrantResult> open(SqlConnection tx, Code code, Authorization authorization) {
        UUID device = authorization.approval().orElseThrow().device();
        if (!code.client().allows(GrantType.REFRESH_TOKEN)) {
            return authorizations
                    .recordIssued(tx, code.id, device, Optional.empty())
                    .replaceWith(new GrantResult.Granted(authorization));
        }
        UUID refreshToken = randomness.id();
        return refreshTokens
                .open(tx, refreshToken, authorization, code.request)
                .call(() -> authorizations.recordIssued(tx, code.id, device, Optional.of(refreshToken)))
                .map(issued -> new GrantResult.Granted(authorization.with(issued)));
    }

    /** A code comes back: its answer was lost, or somebody has a copy of it. */
    private Uni<Redeemed> again(SqlConnection tx, Code code) {
        return authorizations
                .findConsumed(tx, code.id, code.client().id(), REPEATABLE)
                .chain(consumed -> {
                    if (consumed.isEmpty()) {
                        return refused(ErrorCode.ACCESS_DENIED, "the person who approved may not act any more");
                    }
                    if (consumed.get().device().isEmpty() && nothingIsLeft(code, consumed.get())) {
                        // It was redeemed for nothing: whoever asks again took nothing from anybody.
                        return refused(ErrorCode.INVALID_SCOPE, NOTHING_LEFT);
                    }
                    return code.proven && consumed.get().repeatable()
                            ? repeat(tx, code, consumed.get())
                            : replayed(tx, code, consumed.get());
                });
    }

    private Uni<Redeemed> repeat(SqlConnection tx, Code code, ConsumedAuthorization consumed) {
        if (nothingIsLeft(code, consumed)) {
            return refused(ErrorCode.INVALID_SCOPE, NOTHING_LEFT);
        }
        Uni<Optional<IssuedRefreshToken>> same = consumed.refreshToken().isPresent()
                ? refreshTokens.repeat(tx, consumed.refreshToken().get())
                : Uni.createFrom().item(Optional.empty());
        return same.chain(token -> token.isEmpty() && consumed.refreshToken().isPresent()
                ? replayed(tx, code, consumed)
                : Uni.createFrom()
                        .item(new Redeemed(new GrantResult.Granted(
                                authorization(code, consumed, consumed.device().orElseThrow(), token)))));
    }

    /** Where something ends by it, that is told in the same transaction: whatever crashes, a receiver learns of it. */
    private Uni<Redeemed> replayed(SqlConnection tx, Code code, ConsumedAuthorization consumed) {
        AuditEvent replay = replay(code, consumed);
        return consumed.refreshToken()
                .map(token -> refreshTokens.revoke(tx, token, "device_code replay"))
                .orElseGet(() -> Uni.createFrom().item(false))
                .chain(ended -> ended
                        ? trail.write(tx, replay).replaceWith(new Redeemed(REPLAYED, List.of(), List.of(replay)))
                        : Uni.createFrom().item(new Redeemed(REPLAYED, replay)));
    }

    private static AuditEvent replay(Code code, ConsumedAuthorization consumed) {
        AuditEvent replay = AuditEvent.refused(EventType.DEVICE_CODE_REPLAY);
        return consumed.device()
                .map(device -> about(code, consumed, device, replay))
                .orElseGet(() -> replay.withClient(code.client().id()).withSubject(code.id.toString()));
    }

    private static Authorization authorization(
            Code code, ConsumedAuthorization consumed, UUID device, Optional<IssuedRefreshToken> refreshToken) {
        return new Authorization(
                code.client(),
                left(code, consumed),
                Optional.of(new Authorization.Approval(
                        Optional.of(consumed.account()), device, consumed.authenticatedAt())),
                refreshToken);
    }

    /** What the client lost since the approval, it no longer gets. */
    private static Scopes left(Code code, ConsumedAuthorization consumed) {
        return consumed.scopes().filter(code.client().scopes()::contains);
    }

    /** RFC 6749 §5.1: an answer without a scope would say that all was granted. */
    private static boolean nothingIsLeft(Code code, ConsumedAuthorization consumed) {
        return !consumed.scopes().isEmpty() && left(code, consumed).isEmpty();
    }

    private static Uni<Redeemed> refused(ErrorCode error, String description) {
        return Uni.createFrom().item(new Redeemed(new GrantResult.Refused(error, description)));
    }
}
