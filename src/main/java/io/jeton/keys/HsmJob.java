package io.jeton.keys;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/** Tries whether the keys in the HSM sign: it may be away while nobody asks, and back while nobody may. */
@ApplicationScoped
final class HsmJob {
    private final CurrentKeyRing ring;
    private final Hsm hsm;

    HsmJob(CurrentKeyRing ring, Hsm hsm) {
        this.ring = ring;
        this.hsm = hsm;
    }

    /** On a worker thread, as it returns no Uni. */
    @Scheduled(every = "{jeton.keys.pkcs11.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() {
        if (ring.isLoaded()) {
            List<HsmSigner> signers = ring.get().hsmSigners();
            hsm.forgetAllBut(signers.stream().map(HsmSigner::label).collect(Collectors.toSet()));
            signers.forEach(hsm::tryOut);
        }
    }
}
