package io.jeton.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Clients declared in the configuration: {@code jeton.clients."id".name=…}. */
@ConfigMapping(prefix = "jeton.clients")
interface ClientConfig {
    /** By {@code client_id}. Written at every start; a client that is no longer declared stays, disable it first. */
    @WithParentName
    Map<String, Declaration> all();

    /** One client; what is not said is {@link ClientSpecification#UNSAID}. */
    interface Declaration {
        /** What a person is shown. */
        Optional<String> name();

        Optional<Boolean> enabled();

        /**
         * {@code none} for a device that can keep no secret, {@code client_secret_basic}, {@code client_secret_post},
         * {@code client_secret_jwt}, {@code private_key_jwt}, {@code tls_client_auth}, {@code self_signed_tls_client_auth}.
         */
        Optional<String> tokenEndpointAuthMethod();

        /** At least 32 random characters, for example from {@code openssl rand -hex 32}. Stored as a hash. */
        Optional<String> secret();

        Optional<List<String>> grantTypes();

        /** What it may ask for. A request that names no scope gets all of it but {@code openid}. */
        Optional<List<String>> scopes();

        /** Who its access tokens are for; the issuer where nothing is said. */
        Optional<List<String>> audience();

        /** ES256, RS256 or EdDSA. */
        Optional<String> accessTokenAlg();

        /** {@code at+jwt} (RFC 9068), or {@code JWT} for verifiers that know no better. */
        Optional<String> accessTokenTyp();

        /** RS256, ES256 or EdDSA. */
        Optional<String> idTokenAlg();

        Optional<Duration> accessTokenLifetime();

        /**
         * Its public keys, a JWK set (RFC 7517 §5) as JSON, for {@code private_key_jwt} and
         * {@code self_signed_tls_client_auth}.
         */
        Optional<String> jwks();

        /** Where its public keys are found instead: https; see {@code jeton.client-keys}. */
        Optional<String> jwksUri();

        /** The audiences whose tokens it may introspect, beside those that name its own id. */
        Optional<List<String>> answersFor();

        /** Whether it gets no token without a DPoP proof (RFC 9449 §5.2). */
        Optional<Boolean> dpopBoundAccessTokens();

        /** The subject of its certificate, as RFC 4514 writes it; one of these five is for {@code tls_client_auth} (RFC 8705 §2.1.2). */
        Optional<String> tlsClientAuthSubjectDn();

        /** Or a DNS name among the certificate's alternative names. */
        Optional<String> tlsClientAuthSanDns();

        /** Or a URI, as {@code spiffe://example.com/kettle}. */
        Optional<String> tlsClientAuthSanUri();

        /** Or an address. */
        Optional<String> tlsClientAuthSanIp();

        /** Or an e-mail address. */
        Optional<String> tlsClientAuthSanEmail();

        /** Whether it gets no token without a certificate, to which its access tokens are bound (RFC 8705 §3.4). */
        Optional<Boolean> tlsClientCertificateBoundAccessTokens();

        /** Whether its access tokens say where their status is found, for verifiers that never call. */
        Optional<Boolean> statusList();

        /** How long a refresh token may lie unused. */
        Optional<Duration> refreshIdleLifetime();

        /** How long a person's approval lasts. */
        Optional<Duration> refreshAbsoluteLifetime();

        /**
         * How long after the last issue a device may come with the token it had before, its answer being lost. Zero is
         * strict: a lost answer then locks the device out.
         */
        Optional<Duration> retryWindow();

        /** How many retries of one token are answered, at the most. */
        OptionalInt retryLimit();
    }
}
