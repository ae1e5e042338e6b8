package io.jeton.admin;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.client.Client;
import io.jeton.client.ClientRegistry;
import io.jeton.discovery.Issuer;
import io.jeton.http.RemoteAddress;
import io.jeton.limit.Limit;
import io.jeton.limit.Limits;
import io.jeton.protocol.ChallengeException;
import io.jeton.protocol.Scopes;
import io.jeton.token.AccessToken;
import io.jeton.token.ResourceAuthentication;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Optional;

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
    private final Event<AuditEvent> audit;

    Operators(
            ResourceAuthentication authentication,
            ClientRegistry clients,
            Issuer issuer,
            Limits limits,
            RemoteAddress remoteAddress,
            Event<AuditEvent> audit) {
        this.authentication = authentication;
        this.clients = clients;
        this.issuer = issuer;
        this.limits = limits;
        this.remoteAddress = remoteAddress;
        this.audit = audit;
    }

    /** Fails with {@link ChallengeException}, or as {@link ResourceAuthentication} and {@link Limits} do. */
    Uni<Operator> authenticate(HttpServerRequest http, Access access) {
        return Uni.createFrom()
                .deferred(() -> authentication.authenticate(http, http.path(), null))
                .onFailure(ChallengeException.class)
                .invoke(refusal -> audit.fire(refused(http, refusal)))
                .invoke(token -> refusal(token, access).ifPresent(refusal -> {
                    audit.fire(refused(http, refusal)
                            .withActor(Actor.operator(token.subject()))
                            .withClient(token.clientId()));
                    throw refusal;
                }))
                .map(token -> new Operator(token.subject(), remoteAddress.of(http)))
                .invoke(operator -> limits.take(Limit.ADMIN_PER_OPERATOR, operator.subject()));
    }

    /** Nobody is known yet; of the path no more than what we call it ourselves. */
    private AuditEvent refused(HttpServerRequest http, Throwable refusal) {
        String[] path = http.path().split("/", 4);
        return AuditEvent.refused(EventType.ADMIN_REFUSED)
                .withSubject(http.method().name() + " /" + path[1] + "/" + (path.length > 2 ? path[2] : ""))
                .withFrom(remoteAddress.of(http))
                .withReason(String.valueOf(refusal.getMessage()));
    }

    private Optional<ChallengeException> refusal(AccessToken token, Access access) {
        if (!token.audience().equals(List.of(issuer.value()))) {
            return Optional.of(ChallengeException.invalidToken("the access token is not for this service alone"));
        }
        Scopes registered = clients.find(token.clientId()).map(Client::scopes).orElse(Scopes.NONE);
        boolean allowed = token.scopes().values().stream()
                .anyMatch(scope -> access.isAllowedBy(scope) && registered.contains(scope));
        return allowed ? Optional.empty() : Optional.of(ChallengeException.insufficientScope(access.least()));
    }
}
