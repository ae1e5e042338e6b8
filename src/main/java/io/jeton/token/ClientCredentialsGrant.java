package io.jeton.token;

import io.jeton.client.AuthMethod;
import io.jeton.client.Client;
import io.jeton.grant.Authorization;
import io.jeton.grant.Grant;
import io.jeton.grant.GrantResult;
import io.jeton.grant.TokenRequest;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.Scopes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A client acts for itself: RFC 6749 §4.4. */
@ApplicationScoped
final class ClientCredentialsGrant implements Grant {
    @Override
    public GrantType type() {
        return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Uni<GrantResult> request(TokenRequest request) {
        return Uni.createFrom().item(grant(request));
    }

    private static GrantResult grant(TokenRequest request) {
        Client client = request.client();
        if (client.authMethod() == AuthMethod.NONE) {
            // RFC 6749 §4.4: only confidential clients.
            return new GrantResult.Refused(
                    ErrorCode.UNAUTHORIZED_CLIENT, "only a client that authenticates may use this grant type");
        }
        Scopes scopes = client.grantableToItself(request.form().get("scope"));
        return new GrantResult.Granted(new Authorization(client, scopes, Optional.empty(), Optional.empty()));
    }
}
