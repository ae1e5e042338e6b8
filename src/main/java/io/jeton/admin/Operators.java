package io.jeton.admin;

import io.jeton.client.Client;
import io.jeton.client.ClientRegistry;
import io.jeton.discovery.Issuer;
import io.jeton.http.ClientNetwork;
import io.jeton.http.RemoteAddress;
import io.jeton.limit.Limit;
import io.jeton.limit.LimitExceededException;
import io.jeton.limit.Limits;
import io.jeton.protocol.ChallengeException;
import io.jeton.protocol.Scopes;
import io.jeton.token.AccessToken;
import io.jeton.token.ResourceAuthentication;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Who may operate: RFC 6750, RFC 9068 §4. The token's audience is the issuer and nobody else, so that no other service that
 * is shown it can use it here; and its client must still be registered for the scope.
 */
@ApplicationScoped
final class Operators {
    private final ResourceAuthentication authentication;
    private final ClientRegistry clients;
    private final Issuer issuer;
    private final Limits limits;
    private final RemoteAddress remoteAddress;

    Operators(
            ResourceAuthentication authentication,
            ClientRegistry clients,
            Issuer issuer,
            Limits limits,
            RemoteAddress remoteAddress) {
        this.authentication = authentication;
        this.clients = clients;
        this.issuer = issuer;
        this.limits = limits;
        this.remoteAddress = remoteAddress;
    }

    /** Fails with {@link ChallengeException}, or as {@link ResourceAuthentication} and {@link Limits} do. */
    Uni<Operator> authenticate(HttpServerRequest http, Access access) {
        return Uni.createFrom()
                .deferred(() -> authentication.authenticate(http, http.path(), null))
                .map(token -> admit(token, access, remoteAddress.of(http)))
                .onFailure(ChallengeException.class)
                .transform(refusal -> counted(refusal, http))
                .invoke(operator -> limits.take(Limit.ADMIN_PER_OPERATOR, operator.subject()));
    }

    /** Who fails too often is no longer told why. */
    private Throwable counted(Throwable refusal, HttpServerRequest http) {
        try {
            limits.take(Limit.FAILURES_PER_ADDRESS, ClientNetwork.of(remoteAddress.of(http)));
            return refusal;
        } catch (LimitExceededException exceeded) {
            return exceeded;
        }
    }

    private Operator admit(AccessToken token, Access access, String from) {
        if (!token.audience().equals(List.of(issuer.value()))) {
            throw ChallengeException.invalidToken("the access token is not for this service alone");
        }
        Scopes registered = clients.find(token.clientId()).map(Client::scopes).orElse(Scopes.NONE);
        if (token.scopes().values().stream()
                .noneMatch(scope -> access.isAllowedBy(scope) && registered.contains(scope))) {
            throw ChallengeException.insufficientScope(access.least());
        }
        return new Operator(token.subject(), from);
    }
}
