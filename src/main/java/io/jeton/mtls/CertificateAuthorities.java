package io.jeton.mtls;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Those who issue certificates to clients: RFC 8705 §2.1, RFC 5280 §6. Read anew by the TLS registry while we run. */
@ApplicationScoped
public final class CertificateAuthorities {
    private static final List<String> FOR_CLIENTS = List.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");
    private static final int DIGITAL_SIGNATURE = 0;

    private final MtlsConfig config;
    private final TlsConfigurationRegistry registry;

    CertificateAuthorities(MtlsConfig config, TlsConfigurationRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /** Whether there is any. */
    public boolean areKnown() {
        return store().isPresent();
    }

    /** Whether one of them issued a certificate to a client, directly or not, and every one on the path is valid now. */
    public boolean issued(ClientCertificate certificate, Instant now) {
        return isForClients(certificate.leaf())
                && store().filter(store -> CertificationPath.leads(certificate, store, now))
                        .isPresent();
    }

    private Optional<KeyStore> store() {
        return config.authorities().flatMap(registry::get).map(TlsConfiguration::getTrustStore);
    }

    /** A server's certificate of the same authority is nobody's here (RFC 5280 §4.2.1.3, §4.2.1.12). */
    private static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            boolean[] usages = certificate.getKeyUsage();
            return (purposes == null || purposes.stream().anyMatch(FOR_CLIENTS::contains))
                    && (usages == null || usages[DIGITAL_SIGNATURE]);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
