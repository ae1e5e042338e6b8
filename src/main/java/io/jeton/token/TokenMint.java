package io.jeton.token;

import io.jeton.client.Client;
import io.jeton.crypto.Randomness;
import io.jeton.discovery.Issuer;
import io.jeton.grant.Authorization;
import io.jeton.grant.IssuedRefreshToken;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.TokenSigner;
import io.jeton.protocol.Confirmation;
import io.jeton.protocol.Scopes;
import io.jeton.status.StatusListUris;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mints what was authorized, for every grant alike. */
@ApplicationScoped
final class TokenMint {
    private static final int JTI_BYTES = 16;

    private final Issuer issuer;
    private final StatusListUris statusLists;
    private final TokenSigner signer;
    private final Randomness randomness;
    private final ExpiryJitter jitter;
    private final Clock clock;

    TokenMint(
            Issuer issuer,
            StatusListUris statusLists,
            TokenSigner signer,
            Randomness randomness,
            ExpiryJitter jitter,
            Clock clock) {
        this.issuer = issuer;
        this.statusLists = statusLists;
        this.signer = signer;
        this.randomness = randomness;
        this.jitter = jitter;
        this.clock = clock;
    }

    /**
     * Before a code or a token is used up: whoever got nothing for it would have lost it.
     *
     * @throws io.jeton.protocol.OAuthException where what the client may ask for cannot be signed now
     */
    void requireReady(Client client) {
        signer.requireReady(KeyAlgorithm.of(client.tokens().accessTokenAlgorithm()));
        if (client.scopes().contains(Scopes.OPENID)) {
            signer.requireReady(KeyAlgorithm.of(client.tokens().idTokenAlgorithm()));
        }
    }

    /** What was made for an authorization. */
    private record Minted(
            String accessToken, Validity validity, @Nullable String idToken) {}

    /** @param provenKey the {@link Confirmation} of what the access token is bound to, if anything (RFC 9449 §6, RFC 8705 §3) */
    Uni<TokenResponse> mint(Authorization authorization, Optional<String> provenKey) {
        Optional<Confirmation> bound = provenKey.map(Confirmation::read);
        Client client = authorization.client();
        Validity validity =
                new Validity(clock.instant(), jitter.shorten(client.tokens().accessTokenLifetime()));
        var claims = Claims.ofAccessToken(issuer.value(), authorization, randomness.bytes(JTI_BYTES), validity);
        bound.ifPresent(confirmation -> claims.put("cnf", confirmation.claim()));
        if (client.tokens().statusList()) {
            authorization
                    .refreshToken()
                    .ifPresent(token -> Claims.putStatus(claims, statusLists.claim(token.statusIndex())));
        }
        return signer.sign(
                        claims,
                        client.tokens().accessTokenType(),
                        KeyAlgorithm.of(client.tokens().accessTokenAlgorithm()))
                .chain(accessToken -> idToken(authorization, accessToken, validity.from())
                        .map(idToken -> new Minted(accessToken, validity, idToken)))
                .map(minted -> response(authorization, bound, minted));
    }

    private Uni<@Nullable String> idToken(Authorization authorization, String accessToken, Instant now) {
        if (authorization.approval().isEmpty() || !authorization.scopes().contains(Scopes.OPENID)) {
            return Uni.createFrom().nullItem();
        }
        var claims = Claims.ofIdToken(
                issuer.value(), authorization, authorization.approval().get(), accessToken, now);
        KeyAlgorithm algorithm = KeyAlgorithm.of(authorization.client().tokens().idTokenAlgorithm());
        return signer.sign(claims, "JWT", algorithm);
    }

    private static TokenResponse response(Authorization authorization, Optional<Confirmation> bound, Minted minted) {
        @Nullable IssuedRefreshToken refresh = authorization.refreshToken().orElse(null);
        return new TokenResponse(
                minted.accessToken,
                bound.filter(Confirmation::isOfKey).isPresent() ? "DPoP" : "Bearer",
                minted.validity.life().toSeconds(),
                scope(authorization),
                refresh == null ? null : refresh.token(),
                refresh == null ? null : refresh.expiresIn().toSeconds(),
                minted.idToken);
    }

    /** RFC 6749 §5.1: what the client knows already need not be said, and on each refresh it is bytes for a device. */
    private static @Nullable String scope(Authorization authorization) {
        Scopes scopes = authorization.scopes();
        return scopes.isEmpty() || authorization.scopeIsKnown() ? null : scopes.toString();
    }
}
