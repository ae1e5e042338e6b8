package io.jeton.device;

import io.jeton.grant.Grant;
import io.jeton.grant.GrantResult;
import io.jeton.grant.TokenRequest;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Polling for the tokens of an approved device: RFC 8628 §3.4, §3.5. */
@ApplicationScoped
final class DeviceCodeGrant implements Grant {
    private static final String UNKNOWN = "the device code is not one of ours, or was issued to another client";

    private final DeviceCodes codes;
    private final DeviceAuthorizationRepository repository;
    private final DeviceRedemption redemption;

    DeviceCodeGrant(DeviceCodes codes, DeviceAuthorizationRepository repository, DeviceRedemption redemption) {
        this.codes = codes;
        this.repository = repository;
        this.redemption = redemption;
    }

    @Override
    public GrantType type() {
        return GrantType.DEVICE_CODE;
    }

    @Override
    public Uni<Void> requireGenuine(TokenRequest request) {
        var unused = open(request.form());
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<GrantResult> request(TokenRequest request) {
        UUID id = open(request.form());
        return repository
                .poll(id, request.client().id())
                .chain(polled -> polled.isEmpty()
                        ? refused(ErrorCode.INVALID_GRANT, UNKNOWN)
                        : answer(polled.get(), id, request));
    }

    private UUID open(FormParameters form) {
        return codes.open(form.require("device_code"))
                .orElseThrow(() -> new OAuthException(ErrorCode.INVALID_GRANT, UNKNOWN));
    }

    private Uni<GrantResult> answer(PolledAuthorization polled, UUID id, TokenRequest request) {
        return switch (polled.result()) {
            case PENDING -> refused(ErrorCode.AUTHORIZATION_PENDING, "nobody has decided yet: poll again");
            case SLOW_DOWN -> refused(ErrorCode.SLOW_DOWN, "poll more slowly: the interval is now 5 seconds longer");
            case EXPIRED -> refused(ErrorCode.EXPIRED_TOKEN, "the device code expired: ask for a new one");
            case DENIED -> refused(ErrorCode.ACCESS_DENIED, "the person denied the request");
            case REDEEMABLE, REDEEMED -> redeem(polled, id, request);
        };
    }

    private Uni<GrantResult> redeem(PolledAuthorization polled, UUID id, TokenRequest request) {
        Optional<String> verifier = request.form().get("code_verifier");
        if (!CodeChallenge.isMet(polled.codeChallenge(), verifier)) {
            return refused(ErrorCode.INVALID_GRANT, "code_verifier does not match the code_challenge of the request");
        }
        if (polled.keyThumbprint().isPresent() && !polled.keyThumbprint().equals(request.provenKey())) {
            return refused(ErrorCode.INVALID_GRANT, "the code was asked for with another key than this request proves");
        }
        boolean proven =
                polled.codeChallenge().isPresent() || polled.keyThumbprint().isPresent();
        return redemption.redeem(new DeviceRedemption.Code(id, request, proven));
    }

    private static Uni<GrantResult> refused(ErrorCode error, String description) {
        return Uni.createFrom().item(new GrantResult.Refused(error, description));
    }
}
