package io.jeton.client;

import io.jeton.jose.InvalidJwtException;
import io.jeton.mtls.CertificateAuthorities;
import io.jeton.mtls.CertificateSubject;
import io.jeton.mtls.ClientCertificate;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** A client shows a certificate, and by the connection that it has its key: RFC 8705 §2. */
@ApplicationScoped
final class CertificateAuthentication {
    private final CertificateAuthorities authorities;
    private final ClientKeySets keySets;
    private final Clock clock;

    CertificateAuthentication(CertificateAuthorities authorities, ClientKeySets keySets, Clock clock) {
        this.authorities = authorities;
        this.keySets = keySets;
        this.clock = clock;
    }

    /** Whether a name in a certificate can be anybody's. */
    boolean knowsAuthorities() {
        return authorities.areKnown();
    }

    /** @throws OAuthException {@code invalid_client}; or the same as the failure of what is returned */
    Uni<Client> authenticate(Client client, Optional<ClientCertificate> shown) {
        ClientCertificate certificate =
                shown.orElseThrow(() -> failed(client, "the request comes without a client certificate"));
        Instant now = clock.instant();
        if (!certificate.isValidAt(now)) {
            throw failed(client, "the client certificate is expired, or not valid yet");
        }
        return client.authMethod() == AuthMethod.TLS_CLIENT_AUTH
                ? Uni.createFrom().item(byAuthority(client, certificate, now))
                : byKey(client, certificate);
    }

    /** RFC 8705 §2.1: whom the certificate names is asked first, as that costs least. */
    private Client byAuthority(Client client, ClientCertificate certificate, Instant now) {
        CertificateSubject subject = client.credentials().subject();
        if (subject == null || !subject.isNamedBy(certificate.leaf())) {
            throw failed(client, "the client certificate does not name this client");
        }
        if (!authorities.issued(certificate, now)) {
            throw failed(client, "no authority that is trusted here issued the certificate to a client");
        }
        return client;
    }

    /** RFC 8705 §2.2: who issued it plays no part. */
    private Uni<Client> byKey(Client client, ClientCertificate certificate) {
        byte[] key = certificate.publicKey();
        Client.PublicKeys registered = client.credentials().keys();
        if (registered == null) {
            throw failed(client, "the client has no key");
        }
        return keySets.of(registered, set -> set.holds(key))
                .onFailure(InvalidJwtException.class)
                .transform(failure -> failed(client, String.valueOf(failure.getMessage())))
                .map(set -> {
                    if (!set.holds(key)) {
                        throw failed(client, "the client certificate has no key that this client is registered with");
                    }
                    return client;
                });
    }

    private static OAuthException failed(Client client, String why) {
        return new OAuthException(ErrorCode.INVALID_CLIENT, why).of(client.id());
    }
}
