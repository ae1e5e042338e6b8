package io.jeton.keys;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Signs JSON Web Tokens with the active key of an algorithm (RFC 7515), through whatever JCA provider is installed. */
@ApplicationScoped
public final class TokenSigner {
    private final CurrentKeyRing ring;
    private final ObjectMapper json;

    TokenSigner(CurrentKeyRing ring, ObjectMapper json) {
        this.ring = ring;
        this.json = json;
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
                ? Uni.createFrom().item(() -> CompactJws.sign(json, type, claims, algorithm, signer))
                : Uni.createFrom()
                        .item(() -> CompactJws.sign(json, type, claims, algorithm, signer))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** The id of the key that signs now. */
    public String kid(KeyAlgorithm algorithm) {
        return ring.get().signer(algorithm).kid();
    }
}
