package io.jeton.mtls;

import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import jakarta.enterprise.context.ApplicationScoped;

/** Says that tokens can be bound to certificates, and where: RFC 8705 §3.3, §5. */
@ApplicationScoped
final class MtlsMetadata implements MetadataContributor {
    private final ClientCertificates certificates;
    private final MtlsConfig config;

    MtlsMetadata(ClientCertificates certificates, MtlsConfig config) {
        this.certificates = certificates;
        this.config = config;
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        if (certificates.areTaken()) {
            metadata.flag("tls_client_certificate_bound_access_tokens");
            config.endpointBase().ifPresent(base -> metadata.aliases("mtls_endpoint_aliases", base));
        }
    }
}
