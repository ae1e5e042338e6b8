package io.jeton.client;

import io.jeton.managed.Source;
import io.jeton.mtls.CertificateSubject;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.Scopes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between a row of table {@code client} and what it says. */
final class ClientRows {
    private ClientRows() {}

    /** Writes a description, checked and complete, over whatever the row says; its secrets are left as they are. */
    static void write(ClientSpecification client, ClientEntity row) {
        row.id = client.id();
        row.name = client.name();
        row.enabled = client.enabled();
        row.authMethod = client.authentication().method();
        row.jwks = client.authentication().jwks().orElse(null);
        row.jwksUri = client.authentication().jwksUri().orElse(null);
        write(client.authentication().subjects(), row);
        row.grantTypes = String.join(" ", client.grantTypes());
        row.scope = String.join(" ", client.scopes());
        row.answersFor = String.join(" ", client.answersFor());
        write(client.tokens(), row);
        row.refreshIdleSeconds = client.refresh().idleLifetime().toSeconds();
        row.refreshAbsoluteSeconds = client.refresh().absoluteLifetime().toSeconds();
        row.retryWindowSeconds = client.refresh().retryWindow().toSeconds();
        row.retryLimit = client.refresh().retryLimit();
    }

    private static void write(List<CertificateSubject> subjects, ClientEntity row) {
        row.certificateSubjectKind =
                subjects.isEmpty() ? null : subjects.get(0).kind().name();
        row.certificateSubject = subjects.isEmpty() ? null : subjects.get(0).value();
    }

    private static void write(Client.TokenPolicy tokens, ClientEntity row) {
        row.audience = String.join(" ", tokens.audience());
        row.accessTokenAlgorithm = tokens.accessTokenAlgorithm();
        row.accessTokenType = tokens.accessTokenType();
        row.idTokenAlgorithm = tokens.idTokenAlgorithm();
        row.accessTokenSeconds = tokens.accessTokenLifetime().toSeconds();
        row.dpopBound = tokens.dpopBound();
        row.certificateBound = tokens.certificateBound();
        row.statusList = tokens.statusList();
    }

    static ClientSpecification specification(ClientEntity row) {
        return new ClientSpecification(
                row.id,
                row.name,
                row.enabled,
                new ClientSpecification.Authentication(
                        row.authMethod,
                        Optional.ofNullable(row.jwks),
                        Optional.ofNullable(row.jwksUri),
                        Optional.ofNullable(subject(row)).stream().toList()),
                words(row.grantTypes),
                words(row.scope),
                words(row.answersFor),
                tokens(row),
                refresh(row));
    }

    static RegisteredClient registered(ClientEntity row, boolean declared) {
        return new RegisteredClient(
                specification(row),
                Source.valueOf(row.source),
                declared,
                row.version,
                Optional.ofNullable(row.formerSecretUntil).map(until -> until.toInstant()),
                row.createdAt.toInstant(),
                row.updatedAt.toInstant());
    }

    /** What requests are judged by. */
    static Client client(ClientEntity row, LifetimeLimits limits) {
        Client.TokenPolicy tokens = tokens(row);
        Client.RefreshPolicy refresh = refresh(row);
        return new Client(
                row.id,
                row.name,
                row.enabled,
                credentials(row),
                words(row.grantTypes).stream().map(GrantType::new).collect(Collectors.toUnmodifiableSet()),
                Scopes.of(row.scope),
                Set.copyOf(words(row.answersFor)),
                new Client.TokenPolicy(
                        tokens.audience(),
                        tokens.accessTokenAlgorithm(),
                        tokens.accessTokenType(),
                        tokens.idTokenAlgorithm(),
                        atMost(limits.longestAccessToken(), tokens.accessTokenLifetime()),
                        tokens.dpopBound(),
                        tokens.certificateBound(),
                        tokens.statusList()),
                new Client.RefreshPolicy(
                        atMost(limits.longestRefreshIdle(), refresh.idleLifetime()),
                        refresh.absoluteLifetime(),
                        refresh.retryWindow(),
                        refresh.retryLimit()));
    }

    private static Client.TokenPolicy tokens(ClientEntity row) {
        return new Client.TokenPolicy(
                words(row.audience),
                row.accessTokenAlgorithm,
                row.accessTokenType,
                row.idTokenAlgorithm,
                Duration.ofSeconds(row.accessTokenSeconds),
                row.dpopBound,
                row.certificateBound,
                row.statusList);
    }

    private static Client.RefreshPolicy refresh(ClientEntity row) {
        return new Client.RefreshPolicy(
                Duration.ofSeconds(row.refreshIdleSeconds),
                Duration.ofSeconds(row.refreshAbsoluteSeconds),
                Duration.ofSeconds(row.retryWindowSeconds),
                row.retryLimit);
    }

    private static Client.Credentials credentials(ClientEntity row) {
        return new Client.Credentials(
                AuthMethod.of(row.authMethod),
                row.secretHash,
                row.formerSecretHash == null || row.formerSecretUntil == null
                        ? null
                        : new Client.FormerSecret(
                                row.formerSecretHash, row.formerSecretUntil.toInstant(), row.formerSealedSecret),
                row.sealedSecret,
                row.jwks == null && row.jwksUri == null ? null : new Client.PublicKeys(row.jwks, row.jwksUri),
                subject(row));
    }

    /** Of no meaning for another method: the version before leaves it where it is. */
    private static @Nullable CertificateSubject subject(ClientEntity row) {
        return row.certificateSubject == null || !row.authMethod.equals(AuthMethod.TLS_CLIENT_AUTH.value())
                ? null
                : new CertificateSubject(
                        CertificateSubject.Kind.valueOf(row.certificateSubjectKind), row.certificateSubject);
    }

    /** Keys are kept for the limits: no client's token may live longer. */
    private static Duration atMost(Duration limit, Duration wanted) {
        return wanted.compareTo(limit) > 0 ? limit : wanted;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
