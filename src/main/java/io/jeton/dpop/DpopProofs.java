package io.jeton.dpop;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.discovery.Issuer;
import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.http.RemoteAddress;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PresentedOnceRepository;
import io.jeton.jose.SignedJwt;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The proofs of possession that requests bring: RFC 9449 §4, §8, §11.1. */
@ApplicationScoped
public final class DpopProofs implements MetadataContributor {
    private static final String HEADER = "DPoP";
    private static final String NONCE_HEADER = "DPoP-Nonce";

    private final DpopNonce nonces;
    private final DpopConfig config;
    private final PresentedOnceRepository presented;
    private final Issuer issuer;
    private final Clock clock;
    private final RemoteAddress remoteAddress;
    private final Event<AuditEvent> audit;

    DpopProofs(
            DpopNonce nonces,
            DpopConfig config,
            PresentedOnceRepository presented,
            Issuer issuer,
            Clock clock,
            RemoteAddress remoteAddress,
            Event<AuditEvent> audit) {
        this.nonces = nonces;
        this.config = config;
        this.presented = presented;
        this.issuer = issuer;
        this.clock = clock;
        this.remoteAddress = remoteAddress;
        this.audit = audit;
    }

    /** Whether a request brings one, good or not. */
    public static boolean isIn(HttpServerRequest http) {
        return http.headers().contains(HEADER);
    }

    /**
     * The thumbprint of the key that the request proves to hold; nothing where it brings no proof.
     *
     * @param path this endpoint's, below the issuer
     * @param clientId who sends it, for the trail
     * @throws OAuthException {@code invalid_dpop_proof} or {@code use_dpop_nonce}; or the same as the failure of what is
     *     returned
     */
    public Uni<Optional<String>> proven(HttpServerRequest http, String path, String clientId) {
        return proven(http, path, clientId, Optional.empty());
    }

    /** The same at a resource, where the proof must be for the access token too (RFC 9449 §7). */
    public Uni<Optional<String>> proven(
            HttpServerRequest http, String path, String clientId, Optional<String> accessToken) {
        List<String> headers = http.headers().getAll(HEADER);
        if (headers.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (headers.size() > 1) {
            throw invalid(http, clientId, "there is more than one proof");
        }
        try {
            DpopProof proof = DpopProof.read(headers.get(0), http.method().name(), issuer.uri(path), accessToken);
            Instant until = freshUntil(http, proof);
            return presented
                    .present("dpop " + proof.thumbprint(), proof.id(), until)
                    .map(first -> {
                        if (!first) {
                            throw invalid(http, clientId, "the proof was presented before");
                        }
                        return Optional.of(proof.thumbprint());
                    });
        } catch (InvalidJwtException e) {
            throw invalid(http, clientId, e.reason());
        }
    }

    /** A nonce shows that the proof is new, whatever the sender's clock says; without one the clock must be right. */
    private Instant freshUntil(HttpServerRequest http, DpopProof proof) {
        Instant now = clock.instant();
        if (proof.nonce().filter(nonces::isGood).isPresent()) {
            http.response().putHeader(NONCE_HEADER, nonces.issue());
            return now.plus(config.nonceLifetime());
        }
        boolean onTime = Duration.between(proof.issuedAt(), now).abs().compareTo(config.window()) <= 0;
        if (proof.nonce().isPresent() || config.requireNonce() || !onTime) {
            http.response().putHeader(NONCE_HEADER, nonces.issue());
            throw new OAuthException(
                    ErrorCode.USE_DPOP_NONCE, "send the proof again, with the nonce of the header DPoP-Nonce");
        }
        return proof.issuedAt().plus(config.window());
    }

    private OAuthException invalid(HttpServerRequest http, String clientId, String why) {
        audit.fire(AuditEvent.refused(EventType.DPOP_PROOF_REFUSED)
                .withActor(Actor.client(clientId))
                .withClient(clientId)
                .withFrom(remoteAddress.of(http))
                .withReason(why));
        return new OAuthException(ErrorCode.INVALID_DPOP_PROOF, why);
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        metadata.values(
                "dpop_signing_alg_values_supported",
                SignedJwt.PUBLIC_KEY_ALGORITHMS.stream().sorted().toList());
    }
}
