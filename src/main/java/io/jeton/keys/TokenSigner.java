package io.jeton.keys;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Signs JSON Web Tokens with the active key of an algorithm (RFC 7515), through whatever JCA provider is installed. */
@ApplicationScoped
public final class TokenSigner {
    private final CurrentKeyRing ring;

    TokenSigner(CurrentKeyRing ring) {
        this.ring = ring;
    }

    /**
     * Signs a set of claims, complete as they are.
     *
     * @param type the {@code typ} header
     */
    public Uni<String> sign(Map<String, Object> claims, String type, KeyAlgorithm algorithm) {
        KeyRing.Signer signer = ring.get().signer(algorithm);
        // ES256 is a fraction of a millisecond; the others would hold up the event loop.
        return algorithm == KeyAlgorithm.ES256
                ? Uni.createFrom().item(() -> sign(claims, type, algorithm, signer))
                : Uni.createFrom()
                        .item(() -> sign(claims, type, algorithm, signer))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static String sign(Map<String, Object> claims, String type, KeyAlgorithm algorithm, KeyRing.Signer signer) {
        return Jwt.claims(claims)
                .jws()
                .header("typ", type)
                .keyId(signer.kid())
                .algorithm(SignatureAlgorithm.fromAlgorithm(algorithm.value()))
                .sign(signer.key());
    }
}
