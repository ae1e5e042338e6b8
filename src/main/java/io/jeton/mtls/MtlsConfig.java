package io.jeton.mtls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Certificates of clients. Where neither {@code direct} nor {@code header} is set there are none, and nothing announces them. */
@ConfigMapping(prefix = "jeton.mtls")
interface MtlsConfig {
    /**
     * Whether the HTTPS listener asks for a certificate. It takes any, and which of them counts is decided for each client:
     * so its TLS configuration must be one of its own with {@code trust-all=true}.
     */
    @WithDefault("false")
    boolean direct();

    /**
     * The header in which a proxy hands on the certificate it has seen: {@code Client-Cert} (RFC 9440), or whatever it is
     * called there. It is believed from {@code jeton.http.trusted-proxies} alone, and there without proof: a proxy that
     * hands on such a header as its clients wrote it, or asks them for no proof that they have the private key, lets
     * anybody be anybody.
     */
    Optional<String> header();

    /** What stands in it. */
    @WithDefault("rfc9440")
    Format headerFormat();

    /**
     * The name of a TLS configuration ({@code quarkus.tls."name".trust-store.…}) whose trust store holds the authorities
     * that issue certificates to clients with the method {@code tls_client_auth}. Whatever they issue, for whatever name a
     * client is registered, is that client: an authority of your own, never a public one.
     */
    Optional<String> authorities();

    /**
     * Where clients with a certificate reach the endpoints, if elsewhere than the others ({@code mtls_endpoint_aliases}): a
     * browser that is asked for a certificate shows a dialogue.
     */
    Optional<String> endpointBase();

    /** How a header tells a certificate. */
    enum Format {
        /** DER in base64, between colons. Those between it and the authority may follow in a header named so with {@code -Chain}. */
        RFC9440,
        /** PEM, URL-encoded: {@code $ssl_client_escaped_cert} of nginx, {@code %DOWNSTREAM_PEER_CERT%} of Envoy. */
        PEM
    }
}
