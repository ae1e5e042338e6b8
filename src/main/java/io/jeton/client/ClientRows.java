package io.jeton.client;

import io.jeton.database.VersionedRow;
import io.jeton.managed.Source;
import io.jeton.mtls.CertificateSubject;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.Scopes;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between a row of table {@code client} and what it says; lists are space-delimited there, as they are on the wire. */
final class ClientRows {
    /** What is read, as a statement names it. */
    static final String COLUMNS = row(new ClientRow(ClientSpecification.UNSAID, HeldSecrets.NONE, Source.API))
            .selected();

    private ClientRows() {}

    static VersionedRow row(ClientRow client) {
        return new VersionedRow("client", columns(client));
    }

    /** Whether the one would be written as the other is. Not by equals: arrays equal only themselves. */
    static boolean isSame(ClientRow one, ClientRow other) {
        return columns(one).equals(columns(other));
    }

    private static Map<String, @Nullable Object> columns(ClientRow row) {
        ClientSpecification client = row.client();
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("id", client.id());
        columns.put("name", client.name());
        columns.put("enabled", client.enabled());
        columns.put("grant_types", String.join(" ", client.grantTypes()));
        columns.put("scope", String.join(" ", client.scopes()));
        columns.put("answers_for", String.join(" ", client.answersFor()));
        add(client.authentication(), columns);
        add(row.secrets(), columns);
        add(client.tokens(), columns);
        columns.put("refresh_idle_seconds", client.refresh().idleLifetime().toSeconds());
        columns.put(
                "refresh_absolute_seconds", client.refresh().absoluteLifetime().toSeconds());
        columns.put("retry_window_seconds", client.refresh().retryWindow().toSeconds());
        columns.put("retry_limit", client.refresh().retryLimit());
        columns.put("source", row.source().name());
        columns.put("withdrawn_at", row.withdrawnAt().map(ClientRows::utc).orElse(null));
        return columns;
    }

    private static void add(ClientSpecification.Authentication client, Map<String, @Nullable Object> columns) {
        Optional<CertificateSubject> subject = client.subjects().stream().findFirst();
        columns.put("token_endpoint_auth_method", client.method());
        columns.put("jwks", client.jwks().orElse(null));
        columns.put("jwks_uri", client.jwksUri().orElse(null));
        columns.put(
                "certificate_subject_kind",
                subject.map(named -> named.kind().name()).orElse(null));
        columns.put(
                "certificate_subject", subject.map(CertificateSubject::value).orElse(null));
    }

    private static void add(HeldSecrets secrets, Map<String, @Nullable Object> columns) {
        Client.FormerSecret former = secrets.former();
        columns.put("secret_hash", secrets.hash());
        columns.put("sealed_secret", buffer(secrets.sealed()));
        columns.put("former_secret_hash", former == null ? null : former.hash());
        columns.put("former_sealed_secret", former == null ? null : buffer(former.sealed()));
        columns.put("former_secret_until", former == null ? null : utc(former.until()));
    }

    private static void add(Client.TokenPolicy tokens, Map<String, @Nullable Object> columns) {
        columns.put("audience", String.join(" ", tokens.audience()));
        columns.put("access_token_alg", tokens.accessTokenAlgorithm());
        columns.put("access_token_typ", tokens.accessTokenType());
        columns.put("id_token_alg", tokens.idTokenAlgorithm());
        columns.put("access_token_seconds", tokens.accessTokenLifetime().toSeconds());
        columns.put("dpop_bound", tokens.dpopBound());
        columns.put("certificate_bound", tokens.certificateBound());
        columns.put("status_list", tokens.statusList());
    }

    static StoredClient stored(Row row) {
        OffsetDateTime withdrawn = row.getOffsetDateTime("withdrawn_at");
        return new StoredClient(
                new ClientRow(
                        specification(row),
                        secrets(row),
                        Source.valueOf(row.getString("source")),
                        Optional.ofNullable(withdrawn).map(OffsetDateTime::toInstant)),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static ClientSpecification specification(Row row) {
        return new ClientSpecification(
                row.getString("id"),
                row.getString("name"),
                row.getBoolean("enabled"),
                new ClientSpecification.Authentication(
                        row.getString("token_endpoint_auth_method"),
                        Optional.ofNullable(row.getString("jwks")),
                        Optional.ofNullable(row.getString("jwks_uri")),
                        subject(row).stream().toList()),
                words(row.getString("grant_types")),
                words(row.getString("scope")),
                words(row.getString("answers_for")),
                tokens(row),
                new Client.RefreshPolicy(
                        Duration.ofSeconds(row.getLong("refresh_idle_seconds")),
                        Duration.ofSeconds(row.getLong("refresh_absolute_seconds")),
                        Duration.ofSeconds(row.getLong("retry_window_seconds")),
                        row.getInteger("retry_limit")));
    }

    private static Client.TokenPolicy tokens(Row row) {
        return new Client.TokenPolicy(
                words(row.getString("audience")),
                row.getString("access_token_alg"),
                row.getString("access_token_typ"),
                row.getString("id_token_alg"),
                Duration.ofSeconds(row.getLong("access_token_seconds")),
                row.getBoolean("dpop_bound"),
                row.getBoolean("certificate_bound"),
                row.getBoolean("status_list"));
    }

    /** Of no meaning for another method: the version before leaves it where it is. */
    private static Optional<CertificateSubject> subject(Row row) {
        String subject = row.getString("certificate_subject");
        boolean counts = subject != null
                && row.getString("token_endpoint_auth_method").equals(AuthMethod.TLS_CLIENT_AUTH.value());
        return counts
                ? Optional.of(new CertificateSubject(
                        CertificateSubject.Kind.valueOf(row.getString("certificate_subject_kind")), subject))
                : Optional.empty();
    }

    private static HeldSecrets secrets(Row row) {
        String former = row.getString("former_secret_hash");
        return new HeldSecrets(
                row.getString("secret_hash"),
                bytes(row, "sealed_secret"),
                former == null
                        ? null
                        : new Client.FormerSecret(
                                former,
                                row.getOffsetDateTime("former_secret_until").toInstant(),
                                bytes(row, "former_sealed_secret")));
    }

    static RegisteredClient registered(StoredClient stored, boolean declared) {
        ClientRow row = stored.row();
        return new RegisteredClient(
                row.client(),
                row.source(),
                declared,
                stored.version(),
                Optional.ofNullable(row.secrets().former()).map(Client.FormerSecret::until),
                stored.createdAt(),
                stored.updatedAt());
    }

    /** What requests are judged by. */
    static Client client(ClientRow row, LifetimeLimits limits) {
        ClientSpecification client = row.client();
        Client.TokenPolicy tokens = client.tokens();
        Client.RefreshPolicy refresh = client.refresh();
        return new Client(
                client.id(),
                client.name(),
                client.enabled(),
                credentials(row),
                client.grantTypes().stream().map(GrantType::new).collect(Collectors.toUnmodifiableSet()),
                Scopes.of(String.join(" ", client.scopes())),
                Set.copyOf(client.answersFor()),
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

    private static Client.Credentials credentials(ClientRow row) {
        HeldSecrets secrets = row.secrets();
        ClientSpecification.Authentication how = row.client().authentication();
        return new Client.Credentials(
                row.authMethod(),
                secrets.hash(),
                secrets.former(),
                secrets.sealed(),
                how.jwks().isEmpty() && how.jwksUri().isEmpty()
                        ? null
                        : new Client.PublicKeys(
                                how.jwks().orElse(null), how.jwksUri().orElse(null)),
                how.subjects().stream().findFirst().orElse(null));
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

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : Buffer.buffer(bytes);
    }

    private static byte @Nullable [] bytes(Row row, String column) {
        var value = row.getBuffer(column);
        return value == null ? null : value.getDelegate().getBytes();
    }
}
