package io.jeton.client;

import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered client: RFC 6749 §2. Immutable.
 *
 * @param secretHash null for a public client
 * @param audience who its access tokens are for (RFC 9068 §2.2, {@code aud})
 * @param accessTokenType the {@code typ} header of its access tokens
 */
public record Client(
        String id,
        String name,
        boolean enabled,
        AuthMethod authMethod,
        @Nullable String secretHash,
        Set<GrantType> grantTypes,
        Scopes scopes,
        List<String> audience,
        String accessTokenAlgorithm,
        String accessTokenType,
        String idTokenAlgorithm,
        Duration accessTokenLifetime,
        RefreshPolicy refresh) {

    /**
     * How its refresh tokens live.
     *
     * @param idleLifetime how long a refresh token may lie unused
     * @param absoluteLifetime how long a person's approval lasts
     * @param retryWindow how long after the last issue the former token may be presented again; zero is strict
     * @param retryLimit how many successors a former token may fetch, at the most
     */
    public record RefreshPolicy(
            Duration idleLifetime, Duration absoluteLifetime, Duration retryWindow, int retryLimit) {}

    /** @throws OAuthException {@code unauthorized_client} */
    public void requireGrantType(GrantType type) {
        if (!allows(type)) {
            throw new OAuthException(ErrorCode.UNAUTHORIZED_CLIENT, "the client is not registered for this grant type");
        }
    }

    /**
     * The scopes a request gets: what it names, or all but {@code openid} where it names none (RFC 6749 §3.3), since an
     * ID token is for those who ask for it.
     *
     * @throws OAuthException {@code invalid_scope} where it names more than the client is registered for
     */
    public Scopes grantable(Optional<String> requested) {
        return requested
                .map(text -> scopes.narrowTo(Scopes.parse(text)))
                .orElseGet(() -> scopes.filter(scope -> !scope.equals(Scopes.OPENID)));
    }

    public boolean allows(GrantType type) {
        return grantTypes.contains(type);
    }

    /** Without the secret's hash. */
    @Override
    public String toString() {
        return "Client[" + id + "]";
    }
}
