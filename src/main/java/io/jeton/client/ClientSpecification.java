package io.jeton.client;

import io.jeton.managed.Fields;
import io.jeton.mtls.CertificateSubject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that somebody decides about a client (RFC 7591 §2), from wherever it comes: unchecked, and without its secret.
 *
 * @param answersFor the audiences whose tokens it may introspect, beside its own id
 */
public record ClientSpecification(
        String id,
        String name,
        boolean enabled,
        Authentication authentication,
        List<String> grantTypes,
        List<String> scopes,
        List<String> answersFor,
        Client.TokenPolicy tokens,
        Client.RefreshPolicy refresh) {

    /** What is not said. */
    static final ClientSpecification UNSAID = new ClientSpecification(
            "",
            "",
            true,
            new Authentication("none", Optional.empty(), Optional.empty(), List.of()),
            List.of("urn:ietf:params:oauth:grant-type:device_code", "refresh_token"),
            List.of(),
            List.of(),
            new Client.TokenPolicy(List.of(), "ES256", "at+jwt", "RS256", Duration.ofHours(1), false, false, false),
            new Client.RefreshPolicy(Duration.ofDays(180), Duration.ofDays(1825), Duration.ofMinutes(10), 10));

    /**
     * How it authenticates.
     *
     * @param method {@code token_endpoint_auth_method}
     * @param jwks its public keys, a JWK set as JSON (RFC 7517 §5)
     * @param jwksUri or where they are found
     * @param subjects whom its certificate names (RFC 8705 §2.1.2)
     */
    public record Authentication(
            String method, Optional<String> jwks, Optional<String> jwksUri, List<CertificateSubject> subjects) {}

    public ClientSpecification {
        grantTypes = grantTypes.stream().distinct().toList();
        scopes = scopes.stream().distinct().toList();
        answersFor = answersFor.stream().distinct().toList();
    }

    /** Reads a description by the names that the configuration uses. */
    public static ClientSpecification read(String id, Fields fields) {
        return new ClientSpecification(
                id,
                fields.text("name").orElse(UNSAID.name),
                fields.flag("enabled").orElse(UNSAID.enabled),
                new Authentication(
                        fields.text("token-endpoint-auth-method").orElse(UNSAID.authentication.method),
                        fields.json("jwks"),
                        fields.text("jwks-uri"),
                        CertificateSubject.all(kind -> fields.text(kind.property()))),
                fields.texts("grant-types").orElse(UNSAID.grantTypes),
                fields.texts("scopes").orElse(UNSAID.scopes),
                fields.texts("answers-for").orElse(UNSAID.answersFor),
                tokens(fields),
                refresh(fields));
    }

    private static Client.TokenPolicy tokens(Fields fields) {
        return new Client.TokenPolicy(
                fields.texts("audience").orElse(UNSAID.tokens.audience()),
                fields.text("access-token-alg").orElse(UNSAID.tokens.accessTokenAlgorithm()),
                fields.text("access-token-typ").orElse(UNSAID.tokens.accessTokenType()),
                fields.text("id-token-alg").orElse(UNSAID.tokens.idTokenAlgorithm()),
                fields.duration("access-token-lifetime").orElse(UNSAID.tokens.accessTokenLifetime()),
                fields.flag("dpop-bound-access-tokens").orElse(UNSAID.tokens.dpopBound()),
                fields.flag("tls-client-certificate-bound-access-tokens").orElse(UNSAID.tokens.certificateBound()),
                fields.flag("status-list").orElse(UNSAID.tokens.statusList()));
    }

    private static Client.RefreshPolicy refresh(Fields fields) {
        return new Client.RefreshPolicy(
                fields.duration("refresh-idle-lifetime").orElse(UNSAID.refresh.idleLifetime()),
                fields.duration("refresh-absolute-lifetime").orElse(UNSAID.refresh.absoluteLifetime()),
                fields.duration("retry-window").orElse(UNSAID.refresh.retryWindow()),
                fields.number("retry-limit").orElse(UNSAID.refresh.retryLimit()));
    }

    /** The same, switched on or off. */
    ClientSpecification enabled(boolean on) {
        return new ClientSpecification(id, name, on, authentication, grantTypes, scopes, answersFor, tokens, refresh);
    }

    /** The same for these audiences. */
    ClientSpecification withAudience(List<String> audience) {
        Client.TokenPolicy changed = new Client.TokenPolicy(
                audience,
                tokens.accessTokenAlgorithm(),
                tokens.accessTokenType(),
                tokens.idTokenAlgorithm(),
                tokens.accessTokenLifetime(),
                tokens.dpopBound(),
                tokens.certificateBound(),
                tokens.statusList());
        return new ClientSpecification(
                id, name, enabled, authentication, grantTypes, scopes, answersFor, changed, refresh);
    }
}
