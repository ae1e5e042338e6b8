package io.jeton.client;

import io.jeton.mtls.CertificateSubject;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered client: RFC 6749 §2. Immutable.
 *
 * @param answersFor the audiences whose tokens it may introspect, beside its own id (RFC 7662 §4)
 */
public record Client(
        String id,
        String name,
        boolean enabled,
        Credentials credentials,
        Set<GrantType> grantTypes,
        Scopes scopes,
        Set<String> answersFor,
        TokenPolicy tokens,
        RefreshPolicy refresh) {

    /**
     * What shows that a request is the client's.
     *
     * @param secretHash null where it has no secret
     * @param formerSecret the secret before it, while both count
     * @param sealedSecret the secret itself, where it signs with it ({@code client_secret_jwt})
     * @param keys its public keys, where it has a private one ({@code private_key_jwt}, {@code self_signed_tls_client_auth})
     * @param subject whom its certificate names, where an authority issued it ({@code tls_client_auth})
     */
    public record Credentials(
            AuthMethod method,
            @Nullable String secretHash,
            @Nullable FormerSecret formerSecret,
            byte @Nullable [] sealedSecret,
            @Nullable PublicKeys keys,
            @Nullable CertificateSubject subject) {
        public static final Credentials NONE = new Credentials(AuthMethod.NONE, null, null, null, null, null);

        /** Without the secret's hash. */
        @Override
        public String toString() {
            return "Credentials[" + method + "]";
        }
    }

    /**
     * A secret that was exchanged.
     *
     * @param until when it ceases to count
     * @param sealed the secret itself, where the client signs with it
     */
    public record FormerSecret(String hash, Instant until, byte @Nullable [] sealed) {
        public FormerSecret(String hash, Instant until) {
            this(hash, until, null);
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "FormerSecret[" + until + "]";
        }
    }

    /** A key set (RFC 7517 §5), as it was registered or where it is found; one of both. */
    public record PublicKeys(
            @Nullable String jwks, @Nullable String jwksUri) {}

    /**
     * What its tokens look like.
     *
     * @param audience who its access tokens are for (RFC 9068 §2.2, {@code aud})
     * @param accessTokenType the {@code typ} header of its access tokens
     * @param dpopBound whether it gets no token without a DPoP proof (RFC 9449 §5.2)
     * @param certificateBound whether it gets no token without a certificate, nor uses one (RFC 8705 §3)
     * @param statusList whether its access tokens say where their status is found
     */
    public record TokenPolicy(
            List<String> audience,
            String accessTokenAlgorithm,
            String accessTokenType,
            String idTokenAlgorithm,
            Duration accessTokenLifetime,
            boolean dpopBound,
            boolean certificateBound,
            boolean statusList) {}

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

    public AuthMethod authMethod() {
        return credentials.method();
    }

    /** Whether whoever authenticates as this client has shown a private key that nobody else has. */
    public boolean provesAKey() {
        return authMethod() == AuthMethod.PRIVATE_KEY_JWT || authMethod().hasCertificate();
    }

    /** @throws OAuthException {@code unauthorized_client} */
    public void requireGrantType(GrantType type) {
        if (!allows(type)) {
            throw new OAuthException(ErrorCode.UNAUTHORIZED_CLIENT, "the client is not registered for this grant type");
        }
    }

    /**
     * The scopes a request gets: what it names, or where it names none (RFC 6749 §3.3) all but {@code openid} and the
     * admin API's, which are for those who ask for them.
     *
     * @throws OAuthException {@code invalid_scope} where it names more than the client is registered for
     */
    public Scopes grantable(Optional<String> requested) {
        return requested
                .map(text -> scopes.narrowTo(Scopes.parse(text)))
                .orElseGet(() -> scopes.filter(scope -> !Scopes.ON_DEMAND.contains(scope)));
    }

    /**
     * The same where no person takes part, so that there is no ID token: without {@code openid}.
     *
     * @throws OAuthException {@code invalid_scope} where nothing is left of what it names, too
     */
    public Scopes grantableToItself(Optional<String> requested) {
        Scopes asked = grantable(requested);
        Scopes left = asked.filter(scope -> !scope.equals(Scopes.OPENID));
        if (left.isEmpty() && !asked.isEmpty()) {
            throw new OAuthException(ErrorCode.INVALID_SCOPE, "openid is for a grant that a person takes part in");
        }
        return left;
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
