package io.jeton.mtls;

import io.jeton.crypto.Sha256;
import io.jeton.protocol.Confirmation;
import io.jeton.protocol.Identifier;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The certificate a request was sent with, by someone who has its private key. Nothing else is known of it.
 *
 * @param chain what came with it, to build a path to an authority; believed in nothing
 */
public record ClientCertificate(X509Certificate leaf, List<X509Certificate> chain) {
    /** What tokens are bound to: {@code x5t#S256} (RFC 8705 §3.1). */
    public Confirmation confirmation() {
        return Confirmation.ofCertificate(Identifier.of(Sha256.digest().digest(encoded())));
    }

    /** Its key: SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
    public byte[] publicKey() {
        return leaf.getPublicKey().getEncoded();
    }

    public boolean isValidAt(Instant now) {
        return isValid(leaf, now);
    }

    static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private byte[] encoded() {
        try {
            return leaf.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was decoded", e);
        }
    }

    /** Without what it says: it names people. */
    @Override
    public String toString() {
        return "ClientCertificate[" + confirmation() + "]";
    }
}
