package io.jeton.keys;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows which key-encryption key seals, and whether the HSM signs. One that is away is no reason to be taken out of
 * service: verifiers still need the key set.
 */
@Readiness
@ApplicationScoped
final class KeyHealth implements HealthCheck {
    private final EncryptionKeys keys;
    private final CurrentKeyRing ring;
    private final Hsm hsm;

    KeyHealth(EncryptionKeys keys, CurrentKeyRing ring, Hsm hsm) {
        this.keys = keys;
        this.ring = ring;
        this.hsm = hsm;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("keys").up();
        answer.withData("encryption-key", keys.encryption().currentId());
        if (hsm.isConfigured()) {
            boolean signs = ring.isLoaded() && ring.get().hsmSigners().stream().allMatch(HsmSigner::isReady);
            answer.withData("hsm", signs ? "signs" : "does not sign");
        }
        return answer.build();
    }
}
