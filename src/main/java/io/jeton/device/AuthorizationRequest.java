package io.jeton.device;

import io.jeton.client.Client;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.Scopes;
import java.util.Optional;

/** What a device asks for: RFC 8628 §3.1, with what it says of itself and an optional PKCE challenge. */
record AuthorizationRequest(
        String clientId, Scopes scopes, DeviceClaims claims, Optional<String> codeChallenge, String from) {

    static AuthorizationRequest of(Client client, FormParameters form, String from) {
        return new AuthorizationRequest(
                client.id(), client.grantable(form.get("scope")), DeviceClaims.of(form), CodeChallenge.of(form), from);
    }
}
