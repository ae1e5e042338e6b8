package io.jeton.client;

import io.jeton.discovery.Issuer;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwkSet;
import io.jeton.managed.Violations;
import io.jeton.mtls.CertificateAuthorities;
import io.jeton.mtls.CertificateSubject;
import io.jeton.mtls.CertificateSubject.Kind;
import io.jeton.mtls.ClientCertificates;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client must say of how it authenticates, and of what its tokens are bound to: a part of {@link ClientRules}. */
@ApplicationScoped
final class AuthenticationRules {
    private static final int LEAST_SECRET = 32;
    private static final int LONGEST_SECRET = 1024;
    private static final int LONGEST_KEY_SET = 64 * 1024;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String METHOD = "token-endpoint-auth-method";
    private static final String CERTIFICATE_BOUND = "tls-client-certificate-bound-access-tokens";
    private static final String CERTIFICATES =
            "certificates, which do not come here: set jeton.mtls.direct or jeton.mtls.header";
    private static final String FOR_KEYS = "is for the methods private_key_jwt and self_signed_tls_client_auth alone";

    private final Issuer issuer;
    private final ClientCertificates certificates;
    private final CertificateAuthorities authorities;

    AuthenticationRules(Issuer issuer, ClientCertificates certificates, CertificateAuthorities authorities) {
        this.issuer = issuer;
        this.certificates = certificates;
        this.authorities = authorities;
    }

    /** Whether a description has a secret where its method needs one. */
    static void checkSecret(Violations found, DeclaredClient client) {
        AuthMethod.find(client.specification().authentication().method())
                .ifPresent(method -> checkSecret(found, method, client.secret()));
    }

    private static void checkSecret(Violations found, AuthMethod method, Optional<String> secret) {
        int length = secret.map(String::length).orElse(0);
        if (method.hasSecret()) {
            found.require(
                    length >= LEAST_SECRET && length <= LONGEST_SECRET,
                    "secret",
                    "must be given for the method " + method.value()
                            + ": at least 32 random characters, made with \"openssl rand -hex 32\"");
        } else {
            found.require(
                    length == 0,
                    "secret",
                    "must not be given: a client with the method " + method.value() + " has no secret");
        }
    }

    void check(Violations found, ClientSpecification.Authentication said) {
        Optional<AuthMethod> method = AuthMethod.find(said.method());
        found.require(method.isPresent(), METHOD, "must be one of " + AuthMethod.supported(certificates.areTaken()));
        method.ifPresent(known -> checkCertificate(found, known, said.subjects()));
        boolean signs = method.filter(AuthMethod::hasKeys).isPresent();
        boolean inline = said.jwks().isPresent();
        boolean linked = said.jwksUri().isPresent();
        found.require(!signs || inline || linked, "jwks", "or jwks-uri must be given for the method " + said.method());
        found.require(!(inline && linked), "jwks", "and jwks-uri must not be given both");
        found.require(signs || !inline, "jwks", FOR_KEYS);
        found.require(signs || !linked, "jwks-uri", FOR_KEYS);
        said.jwks().ifPresent(jwks -> checkKeys(found, jwks));
        found.require(
                said.jwksUri().filter(uri -> !isKeyAddress(uri)).isEmpty(),
                "jwks-uri",
                "must be an https address without user, password and fragment");
    }

    private void checkCertificate(Violations found, AuthMethod method, List<CertificateSubject> subjects) {
        boolean byAuthority = method == AuthMethod.TLS_CLIENT_AUTH;
        found.require(!method.hasCertificate() || certificates.areTaken(), METHOD, "needs " + CERTIFICATES);
        found.require(
                !byAuthority || authorities.areKnown(),
                METHOD,
                "needs jeton.mtls.authorities, those who issue the certificates");
        found.require(
                !byAuthority || subjects.size() == 1,
                Kind.SUBJECT_DN.property(),
                "or one of tls-client-auth-san-dns, -san-uri, -san-ip and -san-email must be given for the method"
                        + " tls_client_auth, exactly one");
        for (CertificateSubject subject : subjects) {
            String path = subject.kind().property();
            found.require(byAuthority, path, "is for the method tls_client_auth alone");
            subject.violation().ifPresent(rule -> found.require(false, path, rule));
            found.require(
                    subject.value().length() <= ClientRules.LONGEST_LIST,
                    path,
                    "must not be longer than 4096 characters");
        }
    }

    private static void checkKeys(Violations found, String jwks) {
        if (jwks.length() > LONGEST_KEY_SET) {
            found.require(false, "jwks", "must not be longer than 65536 characters");
            return;
        }
        try {
            var unused = PublicJwkSet.read(jwks);
        } catch (InvalidJwtException e) {
            found.require(false, "jwks", "must be a set of public keys (RFC 7517): " + e.getMessage());
        }
    }

    /** https; plain http where nothing leaves this machine: the issuer and the address are both on it. */
    private boolean isKeyAddress(String address) {
        try {
            URI uri = new URI(address);
            String host = String.valueOf(uri.getHost());
            boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            boolean local = "http".equals(uri.getScheme())
                    && LOOPBACK.contains(host)
                    && LOOPBACK.contains(
                            String.valueOf(URI.create(issuer.value()).getHost()));
            return plain && address.length() <= ClientRules.LONGEST_LIST && ("https".equals(uri.getScheme()) || local);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** One thing, and one that comes here. */
    void checkBinding(Violations found, Client.TokenPolicy tokens) {
        found.require(
                !tokens.certificateBound() || certificates.areTaken(), CERTIFICATE_BOUND, "needs " + CERTIFICATES);
        found.require(
                !(tokens.certificateBound() && tokens.dpopBound()),
                CERTIFICATE_BOUND,
                "and dpop-bound-access-tokens must not be given both: a token is bound to one thing");
    }
}
