package io.jeton.mtls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a path leads from a certificate to an authority: RFC 5280 §6. Pure. The JDK validates a path, but does not look for it:
 * its search goes through every order of certificates that a stranger made to fit.
 */
final class CertificationPath {
    private static final int LONGEST = 10;

    private final List<X509Certificate> trusted;
    private final Instant now;

    private CertificationPath(List<X509Certificate> trusted, Instant now) {
        this.trusted = trusted;
        this.now = now;
    }

    static boolean leads(ClientCertificate certificate, KeyStore authorities, Instant now) {
        try {
            List<X509Certificate> valid = authorities(authorities).stream()
                    .filter(authority -> ClientCertificate.isValid(authority, now))
                    .toList();
            return new CertificationPath(valid, now).leadsFrom(certificate);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether there is an authority to lead to, valid or not. */
    static boolean isPossible(KeyStore authorities) {
        try {
            return !authorities(authorities).isEmpty();
        } catch (KeyStoreException e) {
            return false;
        }
    }

    /** A client's certificate among them makes that client no authority. */
    private static List<X509Certificate> authorities(KeyStore store) throws KeyStoreException {
        List<X509Certificate> authorities = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)
                    && store.getCertificate(alias) instanceof X509Certificate authority
                    && authority.getBasicConstraints() >= 0) {
                authorities.add(authority);
            }
        }
        return authorities;
    }

    private boolean leadsFrom(ClientCertificate certificate) throws GeneralSecurityException {
        List<X509Certificate> path = new ArrayList<>(List.of(certificate.leaf()));
        Optional<X509Certificate> next = issuer(path, certificate.chain());
        while (next.isPresent() && path.size() < LONGEST) {
            path.add(next.get());
            next = issuer(path, certificate.chain());
        }
        X509Certificate top = path.get(path.size() - 1);
        return path.size() > 1 && trusted.contains(top) && isValid(path, top);
    }

    /** The next step: from one who is trusted only to another. What was shown is taken in its order, by name alone. */
    private Optional<X509Certificate> issuer(List<X509Certificate> path, List<X509Certificate> shown) {
        X509Certificate last = path.get(path.size() - 1);
        Optional<X509Certificate> issuer = trusted.stream()
                .filter(candidate -> !path.contains(candidate) && isIssued(last, candidate))
                .findFirst();
        return issuer.isPresent() || trusted.contains(last)
                ? issuer
                : shown.stream()
                        .filter(candidate -> !path.contains(candidate) && isNamed(last, candidate))
                        .findFirst();
    }

    private static boolean isNamed(X509Certificate certificate, X509Certificate issuer) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
        try {
            if (!isNamed(certificate, issuer)) {
                return false;
            }
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** One who signed for himself is part of the path, so that what his certificate forbids him counts (§4.2.1.10). */
    private boolean isValid(List<X509Certificate> path, X509Certificate top) throws GeneralSecurityException {
        TrustAnchor anchor = isIssued(top, top)
                ? new TrustAnchor(top.getSubjectX500Principal(), top.getPublicKey(), null)
                : new TrustAnchor(top, null);
        List<X509Certificate> steps = anchor.getTrustedCert() == null ? path : path.subList(0, path.size() - 1);
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        return CertPathValidator.getInstance("PKIX")
                        .validate(CertificateFactory.getInstance("X.509").generateCertPath(steps), parameters)
                != null;
    }
}
