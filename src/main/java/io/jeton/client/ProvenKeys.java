package io.jeton.client;

import io.jeton.dpop.DpopProofs;
import io.jeton.mtls.ClientCertificates;
import io.jeton.protocol.Confirmation;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What a client's request proves to hold, so that tokens can be bound to it: a key by a DPoP proof (RFC 9449), or, where it is
 * registered so, a certificate by its connection (RFC 8705 §3).
 */
@ApplicationScoped
public final class ProvenKeys {
    private final DpopProofs proofs;
    private final ClientCertificates certificates;

    ProvenKeys(DpopProofs proofs, ClientCertificates certificates) {
        this.proofs = proofs;
        this.certificates = certificates;
    }

    /** Whether a request brings a proof, which is written down once it is found good. */
    public static boolean areWrittenDown(HttpServerRequest http) {
        return DpopProofs.isIn(http);
    }

    /**
     * The {@link Confirmation} of it, if there is any.
     *
     * @param path this endpoint's, below the issuer
     * @throws OAuthException as the proof or the certificate is refused; or the same as the failure of what is returned
     */
    public Uni<Optional<String>> of(HttpServerRequest http, String path, Client client) {
        if (!client.tokens().certificateBound()) {
            return proofs.proven(http, path, client.id());
        }
        if (DpopProofs.isIn(http)) {
            throw OAuthException.invalidRequest(
                    "this client's tokens are bound to its certificate: send no DPoP proof");
        }
        return Uni.createFrom()
                .item(certificates.of(http).map(shown -> shown.confirmation().toString()));
    }

    /** The same for a client that may be registered to get nothing without (RFC 9449 §5.2, RFC 8705 §3.4). */
    public Uni<Optional<String>> required(HttpServerRequest http, String path, Client client) {
        return of(http, path, client).invoke(key -> {
            if (key.isEmpty() && client.tokens().dpopBound()) {
                throw new OAuthException(ErrorCode.INVALID_DPOP_PROOF, "the client is registered to send a DPoP proof");
            }
            if (key.isEmpty() && client.tokens().certificateBound()) {
                throw OAuthException.invalidRequest("the client is registered to show a certificate, by mutual TLS");
            }
        });
    }
}
