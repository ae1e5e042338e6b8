package io.jeton.client;

import io.jeton.crypto.SecretHash;
import io.jeton.mtls.ClientCertificate;
import io.jeton.mtls.ClientCertificates;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who sends this request: RFC 6749 §2.3, RFC 7523 §2.2, RFC 8705 §2. In memory; an assertion alone asks the database, for its
 * replay. Certificates are looked at where the client is registered to show one.
 */
@ApplicationScoped
public final class ClientAuthentication {
    private static final String BASIC = "basic ";

    private final ClientRegistry registry;
    private final ClientAssertion assertion;
    private final CertificateAuthentication byCertificate;
    private final ClientCertificates certificates;
    private final Clock clock;

    ClientAuthentication(
            ClientRegistry registry,
            ClientAssertion assertion,
            CertificateAuthentication byCertificate,
            ClientCertificates certificates,
            Clock clock) {
        this.registry = registry;
        this.assertion = assertion;
        this.byCertificate = byCertificate;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * Authenticates a client, or recognises a public one by its {@code client_id}.
     *
     * @throws OAuthException {@code invalid_client}, or {@code invalid_request} for two methods at once; or the same as the
     *     failure of what is returned
     */
    public Uni<Client> authenticate(HttpServerRequest http, FormParameters form) {
        return authenticate(http.getHeader("Authorization"), form, () -> certificates.of(http));
    }

    Uni<Client> authenticate(
            @Nullable String authorization, FormParameters form, Supplier<Optional<ClientCertificate>> certificate) {
        if (!ClientAssertion.isIn(form)) {
            Credentials presented = authorization == null ? inBody(form) : inHeader(authorization, form);
            Client client = registry.find(presented.clientId).orElseThrow(ClientAuthentication::failed);
            return client.authMethod().hasCertificate() && presented.isNameAlone()
                    ? byCertificate.authenticate(client, certificate.get())
                    : Uni.createFrom().item(bySecret(client, presented));
        }
        if (authorization != null || form.contains("client_secret")) {
            throw twoMethods();
        }
        return assertion.authenticate(form);
    }

    private Client bySecret(Client client, Credentials presented) {
        if (!isAuthentic(client, presented)) {
            throw failed().of(client.id());
        }
        return client;
    }

    /** The values of {@code token_endpoint_auth_methods_supported}. */
    public List<String> methods() {
        return AuthMethod.supported(certificates.areTaken()).stream()
                .filter(method ->
                        byCertificate.knowsAuthorities() || !method.equals(AuthMethod.TLS_CLIENT_AUTH.value()))
                .toList();
    }

    /** The values of {@code token_endpoint_auth_signing_alg_values_supported}. */
    public static Collection<String> signingAlgorithms() {
        return ClientAssertion.algorithms();
    }

    private record Credentials(String clientId, @Nullable String secret, boolean inHeader) {
        /** RFC 8705 §2: who shows a certificate says who he is by {@code client_id}. */
        boolean isNameAlone() {
            return secret == null && !inHeader;
        }
    }

    private static Credentials inBody(FormParameters form) {
        String id = form.get("client_id")
                .orElseThrow(() ->
                        new OAuthException(ErrorCode.INVALID_CLIENT, "no client authentication and no client_id"));
        return new Credentials(id, form.get("client_secret").orElse(null), false);
    }

    private static Credentials inHeader(String authorization, FormParameters form) {
        if (form.contains("client_secret")) {
            throw twoMethods();
        }
        Credentials credentials = basic(authorization);
        if (form.get("client_id").filter(id -> !id.equals(credentials.clientId)).isPresent()) {
            throw OAuthException.invalidRequest("client_id is not the client that authenticates");
        }
        return credentials;
    }

    private static Credentials basic(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw new OAuthException(ErrorCode.INVALID_CLIENT, "the authorization scheme is not Basic");
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            if (pair.length == 2) {
                String secret = urlDecode(pair[1]);
                return new Credentials(urlDecode(pair[0]), secret.isEmpty() ? null : secret, true);
            }
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        throw malformed();
    }

    /** RFC 6749 §2.3.1: id and secret are form-encoded before they are put into the header. */
    private static String urlDecode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private boolean isAuthentic(Client client, Credentials presented) {
        String secret = presented.secret;
        if (secret == null) {
            return client.authMethod() == AuthMethod.NONE;
        }
        // RFC 6749 §2.3.1: whoever has a secret may send it by Basic; in the body only where registered so.
        boolean byRightMethod = client.authMethod() == AuthMethod.CLIENT_SECRET_POST
                || (client.authMethod() == AuthMethod.CLIENT_SECRET_BASIC && presented.inHeader);
        return byRightMethod && isSecretOf(client.credentials(), secret);
    }

    /** The former secret counts for a while beside the present one, so that it can be exchanged without a gap. */
    private boolean isSecretOf(Client.Credentials credentials, String secret) {
        String hash = credentials.secretHash();
        Client.FormerSecret former = credentials.formerSecret();
        return (hash != null && SecretHash.matches(hash, secret))
                || (former != null
                        && clock.instant().isBefore(former.until())
                        && SecretHash.matches(former.hash(), secret));
    }

    private static OAuthException twoMethods() {
        return OAuthException.invalidRequest("a client authenticates by one method, not by two");
    }

    private static OAuthException failed() {
        return new OAuthException(
                ErrorCode.INVALID_CLIENT, "unknown client, wrong secret, or a method it is not registered for");
    }

    private static OAuthException malformed() {
        return new OAuthException(ErrorCode.INVALID_CLIENT, "the Basic credentials are malformed");
    }
}
