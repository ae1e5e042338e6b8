package io.jeton.client;

import io.jeton.crypto.SecretHash;
import io.jeton.discovery.Issuer;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Writes the clients which the configuration declares, all checked before the first is written. */
@ApplicationScoped
final class ClientDeclarations {
    private static final int BEFORE_THE_REGISTRY = 20;
    private static final int LEAST_SECRET = 32;
    private static final Set<String> ALGORITHMS = Set.of("ES256", "RS256", "EdDSA");

    private final ClientConfig config;
    private final ClientRepository repository;
    private final Issuer issuer;
    private final LifetimeLimits limits;

    ClientDeclarations(ClientConfig config, ClientRepository repository, Issuer issuer, LifetimeLimits limits) {
        this.config = config;
        this.repository = repository;
        this.issuer = issuer;
        this.limits = limits;
    }

    void start(@Observes @Priority(BEFORE_THE_REGISTRY) StartupEvent event) throws Throwable {
        List<ClientEntity> declared = config.all().entrySet().stream()
                .map(entry -> entity(entry.getKey(), entry.getValue()))
                .toList();
        for (ClientEntity client : declared) {
            VertxContextSupport.subscribeAndAwait(() -> repository.save(client));
        }
    }

    private ClientEntity entity(String id, ClientConfig.Declaration declaration) {
        String property = "jeton.clients.\"" + id + "\".";
        ClientEntity client = new ClientEntity();
        // RFC 6749 appendix A.1: VSCHAR; the length keeps codes and tokens small.
        require(id.matches("[\\x20-\\x7E]{1,100}"), property + " an id is 1 to 100 printable ASCII characters");
        client.id = id;
        client.name = declaration.name();
        client.enabled = declaration.enabled();
        authentication(client, declaration, property);
        client.grantTypes = String.join(" ", declaration.grantTypes());
        client.scope = scope(declaration, property);
        client.audience = String.join(" ", declaration.audience().orElse(List.of(issuer.value())));
        client.answersFor = String.join(" ", declaration.answersFor().orElse(List.of()));
        client.dpopBound = declaration.dpopBoundAccessTokens();
        client.statusList = declaration.statusList();
        client.accessTokenAlgorithm = oneOf(ALGORITHMS, declaration.accessTokenAlg(), property + "access-token-alg");
        client.accessTokenType =
                oneOf(Set.of("at+jwt", "JWT"), declaration.accessTokenTyp(), property + "access-token-typ");
        client.idTokenAlgorithm = oneOf(ALGORITHMS, declaration.idTokenAlg(), property + "id-token-alg");
        client.accessTokenSeconds = lifetime(
                declaration.accessTokenLifetime(),
                limits.longestAccessToken(),
                property + "access-token-lifetime",
                "jeton.lifetimes.longest-access-token");
        client.refreshIdleSeconds = lifetime(
                declaration.refreshIdleLifetime(),
                limits.longestRefreshIdle(),
                property + "refresh-idle-lifetime",
                "jeton.lifetimes.longest-refresh-idle");
        client.refreshAbsoluteSeconds =
                positive(declaration.refreshAbsoluteLifetime(), property + "refresh-absolute-lifetime");
        require(!declaration.retryWindow().isNegative(), property + "retry-window must not be negative");
        client.retryWindowSeconds = declaration.retryWindow().toSeconds();
        require(declaration.retryLimit() >= 0, property + "retry-limit must not be negative");
        client.retryLimit = declaration.retryLimit();
        return client;
    }

    private static void authentication(ClientEntity client, ClientConfig.Declaration declaration, String property) {
        String method = declaration.tokenEndpointAuthMethod();
        client.authMethod = oneOf(Set.copyOf(AuthMethod.supported()), method, property + "token-endpoint-auth-method");
        boolean isPublic = method.equals(AuthMethod.NONE.value());
        String secret = declaration.secret().orElse("");
        require(
                isPublic ? secret.isEmpty() : secret.length() >= LEAST_SECRET,
                property + "secret: a client with the method " + method
                        + (isPublic
                                ? " has no secret"
                                : " needs a secret of at least 32 random characters, made with \"openssl rand -hex 32\""));
        client.secretHash = isPublic ? null : SecretHash.of(secret);
    }

    private static String scope(ClientConfig.Declaration declaration, String property) {
        try {
            return Scopes.of(String.join(" ", declaration.scopes().orElse(List.of())))
                    .toString();
        } catch (OAuthException e) {
            throw new ConfigurationException(property + "scopes: " + e.description(), e);
        }
    }

    private static String oneOf(Set<String> allowed, String value, String property) {
        require(allowed.contains(value), property + " must be one of " + allowed);
        return value;
    }

    private static long lifetime(Duration duration, Duration limit, String property, String limitProperty) {
        require(
                duration.compareTo(limit) <= 0,
                property + " must not be longer than " + limitProperty + ", here " + limit
                        + ": keys are kept for that long");
        return positive(duration, property);
    }

    private static long positive(Duration duration, String property) {
        require(duration.toSeconds() >= 1, property + " must be at least one second");
        return duration.toSeconds();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }
}
