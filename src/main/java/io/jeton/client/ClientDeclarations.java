package io.jeton.client;

import io.jeton.managed.Source;
import io.jeton.mtls.CertificateSubject;
import io.jeton.mtls.CertificateSubject.Kind;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the clients which the configuration declares, all checked before the first is written. */
@ApplicationScoped
final class ClientDeclarations {
    private static final int BEFORE_THE_REGISTRY = 20;

    private final ClientConfig config;
    private final ClientRules rules;
    private final ClientReconciliationService clients;

    ClientDeclarations(ClientConfig config, ClientRules rules, ClientReconciliationService clients) {
        this.config = config;
        this.rules = rules;
        this.clients = clients;
    }

    /** @throws ConfigurationException with all that is wrong, by property */
    void start(@Observes @Priority(BEFORE_THE_REGISTRY) StartupEvent event) throws Throwable {
        Map<String, DeclaredClient> declared = new TreeMap<>();
        config.all().forEach((id, said) -> declared.put(id, declared(id, said)));
        String wrong = declared.values().stream()
                .flatMap(client -> rules.violations(client).stream()
                        .map(found -> found.within("jeton.clients.\"" + client.id() + "\"")
                                .sentence()))
                .collect(Collectors.joining("\n"));
        if (!wrong.isEmpty()) {
            throw new ConfigurationException(wrong);
        }
        if (!declared.isEmpty()) {
            VertxContextSupport.subscribeAndAwait(
                    () -> clients.reconcile(Source.CONFIGURATION, List.copyOf(declared.values()))
                            .call(clients::tell));
        }
    }

    private static DeclaredClient declared(String id, ClientConfig.Declaration said) {
        ClientSpecification unsaid = ClientSpecification.UNSAID;
        ClientSpecification client = new ClientSpecification(
                id,
                said.name().orElse(unsaid.name()),
                said.enabled().orElse(unsaid.enabled()),
                new ClientSpecification.Authentication(
                        said.tokenEndpointAuthMethod()
                                .orElse(unsaid.authentication().method()),
                        said.jwks(),
                        said.jwksUri(),
                        subjects(said)),
                said.grantTypes().orElse(unsaid.grantTypes()),
                said.scopes().orElse(unsaid.scopes()),
                said.answersFor().orElse(unsaid.answersFor()),
                tokens(said, unsaid.tokens()),
                refresh(said, unsaid.refresh()));
        return new DeclaredClient(client, said.secret());
    }

    private static List<CertificateSubject> subjects(ClientConfig.Declaration said) {
        Map<Kind, Optional<String>> all = Map.of(
                Kind.SUBJECT_DN, said.tlsClientAuthSubjectDn(),
                Kind.SAN_DNS, said.tlsClientAuthSanDns(),
                Kind.SAN_URI, said.tlsClientAuthSanUri(),
                Kind.SAN_IP, said.tlsClientAuthSanIp(),
                Kind.SAN_EMAIL, said.tlsClientAuthSanEmail());
        return CertificateSubject.all(kind -> all.getOrDefault(kind, Optional.empty()));
    }

    private static Client.TokenPolicy tokens(ClientConfig.Declaration said, Client.TokenPolicy unsaid) {
        return new Client.TokenPolicy(
                said.audience().orElse(unsaid.audience()),
                said.accessTokenAlg().orElse(unsaid.accessTokenAlgorithm()),
                said.accessTokenTyp().orElse(unsaid.accessTokenType()),
                said.idTokenAlg().orElse(unsaid.idTokenAlgorithm()),
                said.accessTokenLifetime().orElse(unsaid.accessTokenLifetime()),
                said.dpopBoundAccessTokens().orElse(unsaid.dpopBound()),
                said.tlsClientCertificateBoundAccessTokens().orElse(unsaid.certificateBound()),
                said.statusList().orElse(unsaid.statusList()));
    }

    private static Client.RefreshPolicy refresh(ClientConfig.Declaration said, Client.RefreshPolicy unsaid) {
        return new Client.RefreshPolicy(
                said.refreshIdleLifetime().orElse(unsaid.idleLifetime()),
                said.refreshAbsoluteLifetime().orElse(unsaid.absoluteLifetime()),
                said.retryWindow().orElse(unsaid.retryWindow()),
                said.retryLimit().orElse(unsaid.retryLimit()));
    }
}
