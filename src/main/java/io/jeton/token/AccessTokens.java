package io.jeton.token;

import io.jeton.client.ClientRegistry;
import io.jeton.jose.InvalidJwtException;
import io.jeton.keys.TokenVerifier;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The access tokens that come back to us: whose they are, and whether they still count. */
@ApplicationScoped
final class AccessTokens {
    private final TokenVerifier verifier;
    private final ClientRegistry clients;
    private final AccessTokenRepository repository;

    AccessTokens(TokenVerifier verifier, ClientRegistry clients, AccessTokenRepository repository) {
        this.verifier = verifier;
        this.clients = clients;
        this.repository = repository;
    }

    /** A token of ours that has not expired, or nothing; it may have been taken back. */
    Optional<AccessToken> read(String token) {
        try {
            return Optional.of(AccessToken.of(verifier.verify(token)));
        } catch (InvalidJwtException | OAuthException e) {
            return Optional.empty();
        }
    }

    /** Whether we have issued it, be it expired or taken back. */
    boolean isOurs(String token) {
        return verifier.isOurs(token);
    }

    /** A token that still counts, or nothing. One statement where it is ours, none where it is not. */
    Uni<Optional<AccessToken>> find(String token) {
        Optional<AccessToken> read =
                read(token).filter(ours -> clients.find(ours.clientId()).isPresent());
        return read.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : repository.isLive(read.get()).map(live -> live ? read : Optional.empty());
    }
}
