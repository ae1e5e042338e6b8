package io.jeton.keys;

import io.jeton.discovery.Issuer;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.JsonObject;
import io.jeton.jose.SignedJwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Verifies access tokens that we signed and that somebody brings back, as any other verifier would: RFC 9068 §4. */
@ApplicationScoped
public final class TokenVerifier {
    private static final Set<String> ALGORITHMS = Set.of("ES256", "EdDSA", "RS256");

    private final CurrentKeyRing ring;
    private final Issuer issuer;
    private final Clock clock;

    TokenVerifier(CurrentKeyRing ring, Issuer issuer, Clock clock) {
        this.ring = ring;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * The claims of a token that is ours and has not expired. An ID token may have the same type: the caller must see.
     *
     * @throws InvalidJwtException where it is none
     */
    public JsonObject verify(String token) {
        JsonObject claims = signed(token).claims();
        Instant now = clock.instant();
        if (!claims.requireText("iss").equals(issuer.value())) {
            throw new InvalidJwtException("the token is another issuer's");
        }
        if (!now.isBefore(claims.requireInstant("exp"))
                || claims.instant("nbf").filter(now::isBefore).isPresent()) {
            throw new InvalidJwtException("the token is expired, or not valid yet");
        }
        return claims;
    }

    /** Whether we have signed it, be it long over. */
    public boolean isOurs(String token) {
        try {
            return signed(token).claims().requireText("iss").equals(issuer.value());
        } catch (InvalidJwtException e) {
            return false;
        }
    }

    private SignedJwt signed(String token) {
        SignedJwt jwt = SignedJwt.read(token, ALGORITHMS).requireType("at+jwt", "JWT");
        if (jwt.keyId().isEmpty() || !ring.get().published().verifies(jwt)) {
            throw new InvalidJwtException("the token is not signed by one of our keys");
        }
        return jwt;
    }
}
