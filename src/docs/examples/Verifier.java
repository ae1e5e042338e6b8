import java.time.Instant;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;

/**
 * A third-party service: verifies access tokens (RFC 9068 §4) from the issuer's published keys alone. The library keeps
 * the keys for as long as the issuer's Cache-Control says, and looks again when it meets a kid it does not know.
 */
public final class Verifier {
    private Verifier() {}

    public static void main(String... args) throws Exception {
        String issuer = args[0];
        String audience = args[1];
        String accessToken = args[2];
        JwtConsumer verifier = new JwtConsumerBuilder()
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(60)
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(new HttpsJwks(issuer + "/jwks")))
                .build();
        try {
            JwtClaims claims = verifier.processToClaims(accessToken);
            System.out.println("valid: device " + claims.getStringClaimValue("device_id") + " may "
                    + claims.getStringClaimValue("scope") + " until "
                    + Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        } catch (InvalidJwtException e) {
            System.out.println("not valid: " + e.getErrorDetails());
            System.exit(1);
        }
    }
}
