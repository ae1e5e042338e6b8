package io.jeton.token;

import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.JsonObject;
import io.jeton.protocol.Identifier;
import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An access token of ours that somebody brings: RFC 9068.
 *
 * @param keyThumbprint the key it is bound to (RFC 9449 §6.1)
 * @param certificateThumbprint the certificate it is bound to (RFC 8705 §3.1)
 * @param claims all that it says
 */
public record AccessToken(
        String id,
        String clientId,
        String subject,
        List<String> audience,
        Scopes scopes,
        Optional<UUID> device,
        Optional<String> keyThumbprint,
        Optional<String> certificateThumbprint,
        Instant issuedAt,
        Instant expiresAt,
        JsonObject claims) {

    /** @throws InvalidJwtException where the claims are another kind of token's: an ID token has no {@code client_id} */
    static AccessToken of(JsonObject claims) {
        return new AccessToken(
                claims.requireText("jti"),
                claims.requireText("client_id"),
                claims.requireText("sub"),
                claims.audience(),
                claims.text("scope").map(Scopes::of).orElse(Scopes.NONE),
                claims.text("device_id").flatMap(Identifier::parse),
                Optional.ofNullable(claims.json().path("cnf").path("jkt").textValue()),
                Optional.ofNullable(claims.json().path("cnf").path("x5t#S256").textValue()),
                claims.requireInstant("iat"),
                claims.requireInstant("exp"),
                claims);
    }
}
