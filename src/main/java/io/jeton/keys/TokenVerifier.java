package io.jeton.keys;

import io.jeton.discovery.Issuer;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.SignedJwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Verifies tokens that we signed and that somebody brings back, as any other verifier would: RFC 9068 §4. */
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
     * A token that is ours and counts now. Of which kind it is, the caller must see.
     *
     * @throws InvalidJwtException where it is none
     */
    public SignedJwt verify(String token) {
        SignedJwt jwt = SignedJwt.read(token, ALGORITHMS);
        if (jwt.keyId().isEmpty() || !ring.get().published().verifies(jwt)) {
            throw new InvalidJwtException("the token is not signed by one of our keys");
        }
        Instant expiresAt = jwt.claims().requireInstant("exp");
        if (!jwt.claims().requireText("iss").equals(issuer.value())
                || !clock.instant().isBefore(expiresAt)) {
            throw new InvalidJwtException("the token is expired");
        }
        if (jwt.claims().instant("nbf").filter(clock.instant()::isBefore).isPresent()) {
            throw new InvalidJwtException("the token does not count yet");
        }
        return jwt;
    }
}
