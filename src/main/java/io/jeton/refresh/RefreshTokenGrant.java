package io.jeton.refresh;

import io.jeton.client.Client;
import io.jeton.grant.Authorization;
import io.jeton.grant.Grant;
import io.jeton.grant.GrantResult;
import io.jeton.grant.TokenRequest;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Refreshing: RFC 6749 §6, every token rotated. */
@ApplicationScoped
final class RefreshTokenGrant implements Grant {
    private final RefreshTokenService service;
    private final GrantResult suspended;

    RefreshTokenGrant(RefreshTokenService service, RefreshConfig config) {
        this.service = service;
        // Not invalid_grant: a device would throw its token away, and need a person to come back.
        this.suspended = new GrantResult.Refused(
                ErrorCode.ACCESS_DENIED,
                "the device is suspended: keep the token and try again later",
                Optional.of(config.suspendedRetryAfter()));
    }

    @Override
    public GrantType type() {
        return GrantType.REFRESH_TOKEN;
    }

    @Override
    public Uni<Void> requireGenuine(TokenRequest request) {
        if (!service.isRefreshable(request.form().require("refresh_token"))) {
            throw new OAuthException(ErrorCode.INVALID_GRANT, RefreshTokenService.NOT_OURS);
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<GrantResult> request(TokenRequest request) {
        String token = request.form().require("refresh_token");
        Optional<Scopes> narrower = request.form().get("scope").map(Scopes::parse);
        if (narrower.filter(asked ->
                        asked.filter(request.client().scopes()::contains).isEmpty())
                .isPresent()) {
            // Before a generation is spent.
            throw new OAuthException(ErrorCode.INVALID_SCOPE, "the client is not registered for any of that scope");
        }
        return service.refresh(token, request, narrower.map(Scopes::toString))
                .map(outcome -> result(outcome, request, narrower));
    }

    private GrantResult result(RefreshOutcome outcome, TokenRequest request, Optional<Scopes> narrower) {
        if (outcome instanceof RefreshOutcome.Refreshed refreshed) {
            return granted(refreshed, request.client(), narrower);
        } else if (outcome instanceof RefreshOutcome.Ahead ahead) {
            return granted(ahead.refreshed(), request.client(), narrower);
        } else if (outcome instanceof RefreshOutcome.Reused) {
            return GrantResult.invalidGrant("the refresh token was used before");
        } else if (outcome instanceof RefreshOutcome.Dead dead) {
            return GrantResult.invalidGrant(dead.why());
        } else if (outcome instanceof RefreshOutcome.Suspended) {
            return suspended;
        }
        return new GrantResult.Refused(ErrorCode.INVALID_SCOPE, ((RefreshOutcome.ScopeExceeded) outcome).why());
    }

    private static GrantResult granted(RefreshOutcome.Refreshed refreshed, Client client, Optional<Scopes> narrower) {
        RefreshTokenRow row = refreshed.row();
        Scopes before = Scopes.of(row.scope());
        // What the client lost since the approval, it no longer gets.
        Scopes scopes = narrower.orElse(before).filter(client.scopes()::contains);
        return new GrantResult.Granted(new Authorization(
                client,
                scopes,
                Optional.of(new Authorization.Approval(row.account(), row.device(), row.authenticatedAt())),
                Optional.of(refreshed.token()),
                narrower.isEmpty() && scopes.equals(before)));
    }
}
