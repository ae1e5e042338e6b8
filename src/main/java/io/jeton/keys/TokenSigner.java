package io.jeton.keys;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
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
        Signer signer = ring.get().signer(algorithm);
        Uni<String> signed = Uni.createFrom().item(() -> CompactJws.sign(json, type, claims, algorithm, signer));
        if (!signer.isSlow()) {
            return signed;
        }
        Uni<String> elsewhere = signed.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return signer instanceof HsmSigner inHsm ? inHsm.limit(elsewhere) : elsewhere;
    }

    /**
     * To be asked before what cannot be repeated is done for a signature: one that fails leaves a device with nothing.
     *
     * @throws io.jeton.protocol.OAuthException where the key does not sign now
     */
    public void requireReady(KeyAlgorithm algorithm) {
        if (!ring.get().signer(algorithm).isReady()) {
            throw new OAuthException(
                    ErrorCode.TEMPORARILY_UNAVAILABLE, "the service cannot sign now: try again, unchanged");
        }
    }

    /** The id of the key that signs now. */
    public String kid(KeyAlgorithm algorithm) {
        return ring.get().signer(algorithm).kid();
    }
}
