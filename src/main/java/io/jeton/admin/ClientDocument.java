package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.client.Client;
import io.jeton.client.ClientSpecification;
import io.jeton.client.IssuedClient;
import io.jeton.client.RegisteredClient;
import io.jeton.mtls.CertificateSubject;
import io.jeton.mtls.CertificateSubject.Kind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A client on the wire, by the names of RFC 7591 §2 and of the configuration. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Client", description = "A registered client. What a request leaves out has its default.")
public record ClientDocument(
        @Schema(description = "Chosen by whoever registers it; 1 to 100 printable characters.", examples = "kettle")
        String id,

        @Schema(description = "What a person is shown.", examples = "Kettle")
        String name,

        @Schema(description = "A disabled client gets nothing any more, nor do its devices.", defaultValue = "true")
        boolean enabled,

        @Schema(
                description = "none for a device that can keep no secret.",
                enumeration = {
                    "none",
                    "client_secret_basic",
                    "client_secret_post",
                    "client_secret_jwt",
                    "private_key_jwt",
                    "tls_client_auth",
                    "self_signed_tls_client_auth"
                },
                defaultValue = "none")
        String tokenEndpointAuthMethod,

        @Schema(
                type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT,
                description =
                        "Its public keys, a JWK set, for private_key_jwt and self_signed_tls_client_auth; or jwks_uri.")
        @Nullable
        JsonNode jwks,

        @Schema(
                description = "Where its public keys are found: an https address.",
                examples = "https://example.com/keys")
        @Nullable
        String jwksUri,

        @Schema(
                description = "Whom its certificate names, for tls_client_auth: exactly one of these five.",
                examples = "CN=kettle,O=Example")
        @Nullable
        String tlsClientAuthSubjectDn,

        @Nullable String tlsClientAuthSanDns,
        @Nullable String tlsClientAuthSanUri,
        @Nullable String tlsClientAuthSanIp,
        @Nullable String tlsClientAuthSanEmail,

        @Schema(
                description =
                        "What it may use at the token endpoint; the device grant and refresh_token where nothing is said.")
        List<String> grantTypes,

        @Schema(description = "What it may ask for.", examples = "[\"openid\",\"telemetry:write\"]")
        List<String> scopes,

        @Schema(description = "The audiences whose tokens it may introspect, beside its own id.")
        List<String> answersFor,

        @Schema(description = "Who its access tokens are for; the issuer where nothing is said.")
        List<String> audience,

        @Schema(
                enumeration = {"ES256", "EdDSA", "RS256"},
                defaultValue = "ES256")
        String accessTokenAlg,

        @Schema(
                enumeration = {"at+jwt", "JWT"},
                defaultValue = "at+jwt")
        String accessTokenTyp,

        @Schema(
                enumeration = {"RS256", "ES256", "EdDSA"},
                defaultValue = "RS256")
        String idTokenAlg,

        @Schema(description = "ISO 8601.", defaultValue = "PT1H", examples = "PT15M")
        String accessTokenLifetime,

        @Schema(description = "Whether it gets no token without a DPoP proof.", defaultValue = "false")
        boolean dpopBoundAccessTokens,

        @Schema(
                description = "Whether it gets no token without a certificate, to which its access tokens are bound.",
                defaultValue = "false")
        boolean tlsClientCertificateBoundAccessTokens,

        @Schema(description = "Whether its access tokens say where their status is found.", defaultValue = "false")
        boolean statusList,

        @Schema(description = "How long a refresh token may lie unused.", defaultValue = "PT4320H")
        String refreshIdleLifetime,

        @Schema(description = "How long a person's approval lasts.", defaultValue = "PT43800H")
        String refreshAbsoluteLifetime,

        @Schema(
                description = "How long a former refresh token counts as a retry; PT0S is strict.",
                defaultValue = "PT10M")
        String retryWindow,

        @Schema(description = "How many retries of one token are answered.", defaultValue = "10")
        int retryLimit,

        @Schema(
                readOnly = true,
                description = "Who describes it.",
                enumeration = {"api", "configuration", "declaration"})
        String source,

        @Schema(
                readOnly = true,
                description = "Whether its source still declares it, so that it is changed there alone.")
        boolean declared,

        @Schema(readOnly = true, description = "How long its former secret counts as well.") @Nullable
        Instant formerSecretUntil,

        @Schema(readOnly = true) Instant createdAt,
        @Schema(readOnly = true) Instant updatedAt,

        @Schema(readOnly = true, description = "The secret that this change made. It is never shown again.") @Nullable
        String clientSecret) {

    /** What a request may bring back without effect. */
    static final List<String> READ_ONLY =
            List.of("source", "declared", "former-secret-until", "created-at", "updated-at");

    public static ClientDocument of(RegisteredClient client) {
        return of(client, null);
    }

    public static ClientDocument of(IssuedClient issued) {
        return of(issued.client(), issued.secret().orElse(null));
    }

    private static ClientDocument of(RegisteredClient client, @Nullable String secret) {
        ClientSpecification said = client.specification();
        Client.TokenPolicy tokens = said.tokens();
        Client.RefreshPolicy refresh = said.refresh();
        return new ClientDocument(
                said.id(),
                said.name(),
                said.enabled(),
                said.authentication().method(),
                said.authentication().jwks().map(JsonBody::stored).orElse(null),
                said.authentication().jwksUri().orElse(null),
                subject(said, Kind.SUBJECT_DN),
                subject(said, Kind.SAN_DNS),
                subject(said, Kind.SAN_URI),
                subject(said, Kind.SAN_IP),
                subject(said, Kind.SAN_EMAIL),
                said.grantTypes(),
                said.scopes(),
                said.answersFor(),
                tokens.audience(),
                tokens.accessTokenAlgorithm(),
                tokens.accessTokenType(),
                tokens.idTokenAlgorithm(),
                tokens.accessTokenLifetime().toString(),
                tokens.dpopBound(),
                tokens.certificateBound(),
                tokens.statusList(),
                refresh.idleLifetime().toString(),
                refresh.absoluteLifetime().toString(),
                refresh.retryWindow().toString(),
                refresh.retryLimit(),
                Wire.word(client.source()),
                client.declared(),
                client.formerSecretUntil().orElse(null),
                client.createdAt(),
                client.updatedAt(),
                secret);
    }

    private static @Nullable String subject(ClientSpecification said, Kind kind) {
        return said.authentication().subjects().stream()
                .filter(subject -> subject.kind() == kind)
                .map(CertificateSubject::value)
                .findFirst()
                .orElse(null);
    }
}
