package io.jeton.cli;

import io.jeton.ops.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Whether the issuer is reached by TLS, with a certificate that others believe (RFC 9110 §4.3.4) and for how long. */
final class CertificateCheck {
    static final String TLS = "tls";
    private static final Duration NEAR_ITS_END = Duration.ofDays(14);
    private static final int PATIENCE_MILLIS = 5000;
    private static final int HTTPS = 443;

    private final URI issuer;
    private final Clock clock;

    CertificateCheck(URI issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    Check check() {
        return new Check(TLS, "does something answer by TLS at the host and port of jeton.issuer?", this::look);
    }

    private List<Finding> look() throws IOException, GeneralSecurityException {
        if (!"https".equals(issuer.getScheme())) {
            return List.of(Finding.ok(TLS, "plain http, which is for this machine alone"));
        }
        RecordedTrust trust = new RecordedTrust();
        try {
            connect(trust);
        } catch (SSLException e) {
            return List.of(refused(trust, e));
        }
        return List.of(judge(trust.certificate().orElseThrow().getNotAfter().toInstant(), clock.instant()));
    }

    private void connect(RecordedTrust trust) throws IOException, GeneralSecurityException {
        int port = issuer.getPort() < 0 ? HTTPS : issuer.getPort();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(issuer.getHost(), port), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, issuer.getHost(), port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
        }
    }

    private Finding refused(RecordedTrust trust, SSLException failure) {
        String hint =
                "let the certificate name the issuer's host, and come with its chain from an authority that devices"
                        + " know; the Java truststore decides here";
        return trust.certificate()
                .map(certificate -> Finding.fail(TLS, describe(certificate) + ": " + Failure.reason(failure), hint))
                .orElseGet(() -> Finding.fail(TLS, Failure.reason(failure), "is it TLS that is spoken there?"));
    }

    private String describe(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        boolean expired = !clock.instant().isBefore(end);
        return "the certificate of " + certificate.getSubjectX500Principal().getName()
                + (expired ? ", expired " : ", until ") + end + ", is not believed";
    }

    static Finding judge(Instant end, Instant now) {
        Duration left = Duration.between(now, end);
        String says = "the certificate is believed, and valid for " + left.toDays() + " days more";
        return left.compareTo(NEAR_ITS_END) < 0
                ? Finding.warn(TLS, says, "renew it; see the runbook, JetonCertificateExpiring")
                : Finding.ok(TLS, says);
    }
}
