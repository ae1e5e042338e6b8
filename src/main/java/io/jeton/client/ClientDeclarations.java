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

    ClientDeclarations(ClientConfig config, ClientRepository repository, Issuer issuer) {
        this.config = config;
        this.repository = repository;
        this.issuer = issuer;
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
        client.id = id;
        client.name = declaration.name();
        client.enabled = declaration.enabled();
        authentication(client, declaration, property);
        client.grantTypes = String.join(" ", declaration.grantTypes());
        client.scope = scope(declaration, property);
        client.audience = String.join(" ", declaration.audience().orElse(List.of(issuer.value())));
        client.accessTokenAlgorithm = oneOf(ALGORITHMS, declaration.accessTokenAlg(), property + "access-token-alg");
        client.accessTokenType =
                oneOf(Set.of("at+jwt", "JWT"), declaration.accessTokenTyp(), property + "access-token-typ");
        client.idTokenAlgorithm = oneOf(ALGORITHMS, declaration.idTokenAlg(), property + "id-token-alg");
        client.accessTokenSeconds = positive(declaration.accessTokenLifetime(), property + "access-token-lifetime");
        client.refreshIdleSeconds = positive(declaration.refreshIdleLifetime(), property + "refresh-idle-lifetime");
        client.refreshAbsoluteSeconds =
                positive(declaration.refreshAbsoluteLifetime(), property + "refresh-absolute-lifetime");
        client.retryWindowSeconds = declaration.retryWindow().toSeconds();
        client.retryLimit = declaration.retryLimit();
        return client;
    }

    private static void authentication(ClientEntity client, ClientConfig.Declaration declaration, String property) {
        String method = declaration.tokenEndpointAuthMethod();
        client.authMethod = oneOf(Set.copyOf(AuthMethod.supported()), method, property + "token-endpoint-auth-method");
        boolean isPublic = method.equals(AuthMethod.NONE.value());
        String secret = declaration.secret().orElse("");
        if (isPublic != secret.isEmpty() || (!isPublic && secret.length() < LEAST_SECRET)) {
            throw new ConfigurationException(property + "secret: a client with the method " + method
                    + (isPublic ? " has no secret" : " needs a secret of at least 32 random characters"));
        }
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
        if (!allowed.contains(value)) {
            throw new ConfigurationException(property + " must be one of " + allowed);
        }
        return value;
    }

    private static long positive(Duration duration, String property) {
        if (duration.toSeconds() < 1) {
            throw new ConfigurationException(property + " must be at least one second");
        }
        return duration.toSeconds();
    }
}
