package io.jeton.token;

import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.JsonObject;
import io.jeton.jose.SignedJwt;
import io.jeton.protocol.Identifier;
import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An access token of ours that somebody brings: RFC 9068.
 *
 * @param keyThumbprint the key it is bound to (RFC 9449 §6.1)
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
        Instant issuedAt,
        Instant expiresAt,
        JsonObject claims) {

    /** By which clients may have theirs called: RFC 9068 §2.1, and what verifiers take that know no better. */
    private static final Set<String> TYPES = Set.of("at+jwt", "JWT");

    /**
     * @param jwt verified
     * @throws InvalidJwtException where it is another kind of token: an ID token has no {@code client_id}
     */
    static AccessToken of(SignedJwt jwt) {
        if (!TYPES.contains(jwt.header().requireText("typ"))) {
            throw new InvalidJwtException("the token is no access token");
        }
        JsonObject claims = jwt.claims();
        return new AccessToken(
                claims.requireText("jti"),
                claims.requireText("client_id"),
                claims.requireText("sub"),
                claims.audience(),
                claims.text("scope").map(Scopes::of).orElse(Scopes.NONE),
                claims.text("device_id").flatMap(Identifier::parse),
                Optional.ofNullable(claims.json().path("cnf").path("jkt").textValue()),
                claims.requireInstant("iat"),
                claims.requireInstant("exp"),
                claims);
    }
}
