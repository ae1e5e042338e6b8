package io.jeton.client;

import io.jeton.protocol.GrantType;
import io.jeton.protocol.Scopes;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Table {@code client}. */
@ApplicationScoped
final class ClientRepository implements PanacheRepositoryBase<ClientEntity, String> {
    private final LifetimeLimits limits;

    ClientRepository(LifetimeLimits limits) {
        this.limits = limits;
    }

    @WithSession
    Uni<List<Client>> clients() {
        return listAll().map(rows -> rows.stream().map(this::client).toList());
    }

    /** Writes a client as it is declared, over whatever was there. */
    @WithTransaction
    Uni<Void> save(ClientEntity declared) {
        // One replica after the other: a merge looks first and writes then.
        return getSession()
                .chain(session -> session.createNativeQuery("select pg_advisory_xact_lock(hashtext('client'))")
                        .getResultList()
                        .chain(locked -> session.merge(declared)))
                .replaceWithVoid();
    }

    private Client client(ClientEntity row) {
        return new Client(
                row.id,
                row.name,
                row.enabled,
                credentials(row),
                words(row.grantTypes).stream().map(GrantType::new).collect(Collectors.toUnmodifiableSet()),
                Scopes.of(row.scope),
                Set.copyOf(words(row.answersFor)),
                new Client.TokenPolicy(
                        words(row.audience),
                        row.accessTokenAlgorithm,
                        row.accessTokenType,
                        row.idTokenAlgorithm,
                        atMost(limits.longestAccessToken(), row.accessTokenSeconds),
                        row.dpopBound,
                        row.statusList),
                new Client.RefreshPolicy(
                        atMost(limits.longestRefreshIdle(), row.refreshIdleSeconds),
                        Duration.ofSeconds(row.refreshAbsoluteSeconds),
                        Duration.ofSeconds(row.retryWindowSeconds),
                        row.retryLimit));
    }

    private static Client.Credentials credentials(ClientEntity row) {
        return new Client.Credentials(
                AuthMethod.of(row.authMethod),
                row.secretHash,
                row.formerSecretHash == null || row.formerSecretUntil == null
                        ? null
                        : new Client.FormerSecret(row.formerSecretHash, row.formerSecretUntil.toInstant()),
                row.sealedSecret,
                row.jwks == null && row.jwksUri == null ? null : new Client.PublicKeys(row.jwks, row.jwksUri));
    }

    /** Keys are kept for the limits: no client's token may live longer. */
    private static Duration atMost(Duration limit, long seconds) {
        Duration wanted = Duration.ofSeconds(seconds);
        return wanted.compareTo(limit) > 0 ? limit : wanted;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
