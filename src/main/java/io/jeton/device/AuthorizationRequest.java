package io.jeton.device;

import io.jeton.client.Client;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a device asks for: RFC 8628 §3.1, with what it says of itself and an optional PKCE challenge. */
record AuthorizationRequest(
        String clientId,
        Scopes scopes,
        DeviceClaims claims,
        Optional<String> codeChallenge,
        Optional<String> keyThumbprint,
        String from) {
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** @param provenKey the key the request proves to hold, if it does */
    static AuthorizationRequest of(Client client, FormParameters form, Optional<String> provenKey, String from) {
        return new AuthorizationRequest(
                client.id(),
                client.grantable(form.get("scope")),
                DeviceClaims.of(form),
                CodeChallenge.of(form),
                keyThumbprint(form, provenKey),
                from);
    }

    /** Which key must redeem the code: shown by a proof, or named alone, as in RFC 9449 §10. */
    private static Optional<String> keyThumbprint(FormParameters form, Optional<String> provenKey) {
        Optional<String> named = form.get("dpop_jkt");
        if (named.filter(text -> !THUMBPRINT.matcher(text).matches()).isPresent()) {
            throw OAuthException.invalidRequest("dpop_jkt must be a SHA-256 thumbprint in base64url, 43 characters");
        }
        if (named.isPresent() && provenKey.isPresent() && !named.equals(provenKey)) {
            throw OAuthException.invalidRequest("dpop_jkt is not the key of the DPoP proof");
        }
        return provenKey.or(() -> named);
    }
}
