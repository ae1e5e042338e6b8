package io.jeton.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** Signs in this process, through whatever JCA provider is installed. */
record SoftwareSigner(String kid, KeyAlgorithm algorithm, PrivateKey key) implements Signer {
    /** @param pkcs8 the private key */
    static SoftwareSigner of(String kid, KeyAlgorithm algorithm, byte[] pkcs8) {
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm.keyType());
            return new SoftwareSigner(kid, algorithm, factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored private key is not readable", e);
        }
    }

    @Override
    public byte[] sign(byte[] input) {
        try {
            Signature signature = Signature.getInstance(algorithm.jcaName());
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform cannot sign with " + algorithm, e);
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** ES256 is a fraction of a millisecond; the others would hold up the event loop. */
    @Override
    public boolean isSlow() {
        return algorithm != KeyAlgorithm.ES256;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SoftwareSigner[" + kid + "]";
    }
}
