package io.jeton.jose;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What every assertion must say: RFC 7523 §3. Whoever signs says so in {@code iss} and {@code sub}, for this server alone, for
 * minutes, and once.
 *
 * @param audience the issuer identifier of this server; no other value is taken, so that an assertion for another
 *     server cannot be played here
 */
public record AssertionRules(String audience) {
    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    /** A clock may be off by a minute. */
    static final Duration SKEW = Duration.ofMinutes(1);

    private static final int LONGEST_ID = 256;

    /** @param id {@code jti}, which may be presented once until {@code refusedFrom} */
    public record Checked(String id, Instant refusedFrom) {}

    /**
     * Checks the claims.
     *
     * @param signer who signed
     * @throws InvalidJwtException with what is wrong
     */
    public Checked check(JsonObject claims, String signer, Instant now) {
        require(
                claims.requireText("iss").equals(signer)
                        && claims.requireText("sub").equals(signer),
                "iss and sub of the assertion must both be who signs it");
        require(
                claims.audience().equals(List.of(audience)),
                "aud of the assertion must be the issuer, and nothing else");
        Instant expiresAt = claims.requireInstant("exp");
        require(now.isBefore(expiresAt.plus(SKEW)), "the assertion is expired");
        require(
                !expiresAt.isAfter(now.plus(LONGEST_LIFE).plus(SKEW)),
                "exp of the assertion must be at most 5 minutes ahead");
        require(
                claims.instant("nbf")
                        .filter(from -> from.isAfter(now.plus(SKEW)))
                        .isEmpty(),
                "the assertion is not valid yet");
        require(
                claims.instant("iat").filter(at -> at.isAfter(now.plus(SKEW))).isEmpty(),
                "the assertion was issued in the future");
        String id = claims.requireText("jti");
        require(!id.isEmpty() && id.length() <= LONGEST_ID, "jti of the assertion has 1 to 256 characters");
        return new Checked(id, expiresAt.plus(SKEW));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidJwtException(otherwise);
        }
    }
}
