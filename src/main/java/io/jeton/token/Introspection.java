package io.jeton.token;

import io.jeton.client.Client;
import io.jeton.discovery.Issuer;
import io.jeton.protocol.Confirmation;
import io.jeton.protocol.Identifier;
import io.jeton.refresh.LiveRefreshToken;
import io.jeton.refresh.RefreshTokenSeal;
import io.jeton.refresh.RefreshTokenService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said about a token, and to whom: RFC 7662 §2.2, §4. */
@ApplicationScoped
final class Introspection {
    private static final Map<String, Object> INACTIVE = Map.of("active", false);
    private static final List<String> SAID =
            List.of("iss", "sub", "aud", "client_id", "jti", "iat", "exp", "scope", "device_id", "cnf");

    private final AccessTokens accessTokens;
    private final RefreshTokenService refreshTokens;
    private final Issuer issuer;

    Introspection(AccessTokens accessTokens, RefreshTokenService refreshTokens, Issuer issuer) {
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.issuer = issuer;
    }

    /** The answer for a token that may be anything; one that is not for the asker is as good as unknown. */
    Uni<Map<String, Object>> of(String token, Client asker) {
        return RefreshTokenSeal.isRefreshToken(token)
                ? refreshTokens.find(token, asker).map(found -> found.map(live -> say(live, asker))
                        .orElse(INACTIVE))
                : accessTokens.find(token).map(found -> found.filter(live -> isFor(live, asker))
                        .map(Introspection::say)
                        .orElse(INACTIVE));
    }

    private static boolean isFor(AccessToken token, Client asker) {
        return token.clientId().equals(asker.id())
                || token.audience().contains(asker.id())
                || token.audience().stream().anyMatch(asker.answersFor()::contains);
    }

    private static Map<String, Object> say(AccessToken token) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("active", true);
        claims.put("token_type", token.keyThumbprint().isPresent() ? "DPoP" : "Bearer");
        SAID.forEach(name -> {
            if (token.claims().has(name)) {
                claims.put(name, token.claims().json().get(name));
            }
        });
        return claims;
    }

    private Map<String, Object> say(LiveRefreshToken token, Client asker) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("active", true);
        claims.put("iss", issuer.value());
        claims.put("client_id", asker.id());
        claims.put("sub", Identifier.of(token.account().orElse(token.device())));
        claims.put("device_id", Identifier.of(token.device()));
        claims.put("exp", token.expiresAt().getEpochSecond());
        if (!token.scope().isEmpty()) {
            claims.put("scope", token.scope());
        }
        token.keyThumbprint()
                .map(Confirmation::read)
                .ifPresent(confirmation -> claims.put("cnf", confirmation.claim()));
        return claims;
    }
}
