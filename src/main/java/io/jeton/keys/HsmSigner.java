package io.jeton.keys;

import io.smallrye.mutiny.Uni;

/** Signs in a hardware security module. */
record HsmSigner(String kid, KeyAlgorithm algorithm, String label, Hsm hsm) implements Signer {
    @Override
    public byte[] sign(byte[] input) {
        return hsm.sign(label, algorithm, input);
    }

    @Override
    public boolean isReady() {
        return hsm.isReady(label);
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    /** An HSM that does not answer is away, and keeps no more than these few threads waiting. */
    <T> Uni<T> limit(Uni<T> signed) {
        return signed.ifNoItem()
                .after(hsm.timeout())
                .failWith(() -> hsm.away(label, "no signature within " + hsm.timeout()));
    }

    @Override
    public String toString() {
        return "HsmSigner[" + kid + "]";
    }
}
