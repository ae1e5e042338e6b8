package io.jeton.mtls;

import io.jeton.http.RemoteAddress;
import io.jeton.protocol.OAuthException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The certificates that requests are sent with. A trusted proxy is asked for what its client has shown, everybody else shows
 * his own; whoever is not asked is not believed, and gets no error for trying.
 */
@ApplicationScoped
public final class ClientCertificates {
    private final MtlsConfig config;
    private final RemoteAddress remoteAddress;

    ClientCertificates(MtlsConfig config, RemoteAddress remoteAddress) {
        this.config = config;
        this.remoteAddress = remoteAddress;
    }

    /** Whether there is a way for a certificate to come. */
    public boolean areTaken() {
        return config.direct() || config.header().isPresent();
    }

    /**
     * The certificate of a request, if it was sent with one.
     *
     * @throws OAuthException {@code invalid_request} where a trusted proxy names none, or more than one
     */
    public Optional<ClientCertificate> of(HttpServerRequest request) {
        Optional<String> header = config.header().filter(name -> remoteAddress.isProxied(request));
        return header.isPresent()
                ? handedOn(request, header.get())
                : config.direct() ? shown(request) : Optional.empty();
    }

    private Optional<ClientCertificate> handedOn(HttpServerRequest request, String header) {
        List<String> values = request.headers().getAll(header);
        if (values.isEmpty() || values.equals(List.of(""))) {
            // A certificate of the proxy's own is not its client's.
            return Optional.empty();
        }
        if (values.size() > 1 || (config.direct() && shown(request).isPresent())) {
            throw OAuthException.invalidRequest("the request comes with more than one client certificate");
        }
        try {
            boolean chained = config.headerFormat() == MtlsConfig.Format.RFC9440;
            return Optional.of(new ClientCertificate(
                    CertificateHeader.read(config.headerFormat(), values.get(0)),
                    chained ? CertificateHeader.chain(request.headers().getAll(header + "-Chain")) : List.of()));
        } catch (CertificateException e) {
            throw OAuthException.invalidRequest("what the proxy says of a client certificate is malformed");
        }
    }

    private static Optional<ClientCertificate> shown(HttpServerRequest request) {
        SSLSession session = request.sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] peer = session.getPeerCertificates();
            List<X509Certificate> chain =
                    Arrays.stream(peer).map(X509Certificate.class::cast).toList();
            return Optional.of(new ClientCertificate(chain.get(0), chain.subList(1, chain.size())));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
