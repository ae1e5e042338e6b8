package io.jeton.keys;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.protocol.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;

/** Where a new key is made, and who signs with a stored one. The rest of this package need not know. */
@ApplicationScoped
final class KeyCustody {
    private static final int KID_BYTES = 6;

    private final KeyEncryption encryption;
    private final Randomness randomness;
    private final Hsm hsm;

    KeyCustody(KeyEncryption encryption, Randomness randomness, Hsm hsm) {
        this.encryption = encryption;
        this.randomness = randomness;
        this.hsm = hsm;
    }

    /** Slow: call it on a worker thread. */
    NewKey make(KeyAlgorithm algorithm) {
        if (!hsm.keeps(algorithm)) {
            return NewKey.generate(algorithm, randomness, encryption);
        }
        String kid = Identifier.of(randomness.bytes(KID_BYTES));
        String label = Hsm.label(kid);
        PublicKey publicKey = hsm.make(label, algorithm);
        String jwk = NewKey.publicJwk(publicKey, kid, algorithm);
        byte[] sealed = encryption.seal(
                label.getBytes(StandardCharsets.US_ASCII), StoredKey.context(Custody.HSM, kid, algorithm, jwk));
        return new NewKey(kid, algorithm, Custody.HSM, jwk, sealed);
    }

    /**
     * What the row seals: that it opens proves the public key beside it.
     *
     * @throws IllegalStateException where the row is not what we sealed
     */
    byte[] open(StoredKey key) {
        return encryption.open(key.sealedSecret(), key.context());
    }

    /** @param opened what the row seals */
    Signer signer(StoredKey key, byte[] opened) {
        KeyAlgorithm algorithm = key.times().algorithm();
        return key.custody() == Custody.HSM
                ? new HsmSigner(key.kid(), algorithm, new String(opened, StandardCharsets.US_ASCII), hsm)
                : SoftwareSigner.of(key.kid(), algorithm, opened);
    }

    /**
     * Destroys what a row does not hold itself. Blocking.
     *
     * @return false where it may still be there
     */
    boolean destroy(Custody custody, String kid) {
        return custody != Custody.HSM || hsm.destroy(Hsm.label(kid));
    }
}
