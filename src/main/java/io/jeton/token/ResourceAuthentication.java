package io.jeton.token;

import io.jeton.dpop.DpopProofs;
import io.jeton.mtls.ClientCertificates;
import io.jeton.protocol.ChallengeException;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asks at an endpoint that takes access tokens: RFC 6750 §2, RFC 9449 §7, RFC 8705 §3. */
@ApplicationScoped
public final class ResourceAuthentication {
    private final AccessTokens tokens;
    private final DpopProofs proofs;
    private final ClientCertificates certificates;

    ResourceAuthentication(AccessTokens tokens, DpopProofs proofs, ClientCertificates certificates) {
        this.tokens = tokens;
        this.proofs = proofs;
        this.certificates = certificates;
    }

    private record Presented(String token, boolean withProof) {}

    /**
     * The token of a request, verified and not taken back.
     *
     * @param path this endpoint's, below the issuer, for the proof
     * @param form the request's, where it may carry the token (RFC 6750 §2.2)
     * @return fails with {@link ChallengeException}, or {@link OAuthException} where the request is malformed
     */
    public Uni<AccessToken> authenticate(HttpServerRequest http, String path, @Nullable FormParameters form) {
        Presented presented = presented(http, form);
        return tokens.find(presented.token)
                .map(found -> found.orElseThrow(() -> unknown(presented)))
                .invoke(token -> checkCertificate(http, token))
                .call(token -> checkKey(http, path, token, presented));
    }

    private ChallengeException unknown(Presented presented) {
        String why = "the access token is not one of ours, expired, or was taken back";
        ChallengeException refusal =
                presented.withProof ? ChallengeException.invalidBoundToken(why) : ChallengeException.invalidToken(why);
        return tokens.isOurs(presented.token) ? refusal.ofEndedToken() : refusal;
    }

    /** RFC 8705 §3: the certificate of this connection, and no other. */
    private void checkCertificate(HttpServerRequest http, AccessToken token) {
        if (token.certificateThumbprint().isPresent()
                && !certificates
                        .of(http)
                        .map(shown -> shown.confirmation().thumbprint())
                        .equals(token.certificateThumbprint())) {
            throw ChallengeException.invalidToken("the access token is bound to a certificate that is not shown");
        }
    }

    /** A bound token needs its proof, by whatever scheme it comes; an unbound one must not pretend to have one. */
    private Uni<Void> checkKey(HttpServerRequest http, String path, AccessToken token, Presented presented) {
        if (token.keyThumbprint().isEmpty() && !presented.withProof) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> proofs.proven(http, path, token.clientId(), Optional.of(presented.token)))
                .onFailure(OAuthException.class)
                .transform(refusal -> ChallengeException.ofProof(refusal))
                .invoke(key -> {
                    if (key.isEmpty() || !presented.withProof || !key.equals(token.keyThumbprint())) {
                        throw ChallengeException.invalidBoundToken(
                                "the access token is bound to a key that is not proven");
                    }
                })
                .replaceWithVoid();
    }

    private static Presented presented(HttpServerRequest http, @Nullable FormParameters form) {
        List<String> headers = http.headers().getAll("Authorization");
        Optional<String> inForm = form == null ? Optional.empty() : form.get("access_token");
        if (headers.size() + (inForm.isPresent() ? 1 : 0) > 1) {
            throw OAuthException.invalidRequest("an access token is sent once, by one method");
        }
        if (inForm.isPresent()) {
            return new Presented(inForm.get(), false);
        }
        String[] parts = headers.isEmpty() ? new String[0] : headers.get(0).split(" ", 2);
        if (parts.length < 2 || parts[1].isBlank()) {
            throw ChallengeException.missing();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Presented(parts[1].strip(), false);
            case "dpop" -> new Presented(parts[1].strip(), true);
            default -> throw ChallengeException.missing();
        };
    }
}
