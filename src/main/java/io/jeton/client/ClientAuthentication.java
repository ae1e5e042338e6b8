package io.jeton.client;

import io.jeton.crypto.SecretHash;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends this request: RFC 6749 §2.3. In memory, no database. */
@ApplicationScoped
public final class ClientAuthentication {
    private static final String BASIC = "basic ";

    private final ClientRegistry registry;

    ClientAuthentication(ClientRegistry registry) {
        this.registry = registry;
    }

    /**
     * Authenticates a client, or recognises a public one by its {@code client_id}.
     *
     * @throws OAuthException {@code invalid_client}, or {@code invalid_request} for two methods at once
     */
    public Client authenticate(@Nullable String authorization, FormParameters form) {
        Credentials presented = authorization == null ? inBody(form) : inHeader(authorization, form);
        Client client = registry.find(presented.clientId).orElseThrow(ClientAuthentication::failed);
        if (!isAuthentic(client, presented)) {
            throw failed().of(client.id());
        }
        return client;
    }

    /** The values of {@code token_endpoint_auth_methods_supported}. */
    public static List<String> methods() {
        return AuthMethod.supported();
    }

    private record Credentials(String clientId, @Nullable String secret, boolean inHeader) {}

    private static Credentials inBody(FormParameters form) {
        String id = form.get("client_id")
                .orElseThrow(() ->
                        new OAuthException(ErrorCode.INVALID_CLIENT, "no client authentication and no client_id"));
        return new Credentials(id, form.get("client_secret").orElse(null), false);
    }

    private static Credentials inHeader(String authorization, FormParameters form) {
        if (form.contains("client_secret")) {
            throw OAuthException.invalidRequest("a client authenticates by one method, not by two");
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

    private static boolean isAuthentic(Client client, Credentials presented) {
        String hash = client.credentials().secretHash();
        if (hash == null) {
            return presented.secret == null;
        }
        // RFC 6749 §2.3.1: whoever has a secret may send it by Basic; in the body only where registered so.
        boolean byRightMethod = presented.inHeader || client.authMethod() == AuthMethod.CLIENT_SECRET_POST;
        return byRightMethod
                && Optional.ofNullable(presented.secret)
                        .filter(secret -> SecretHash.matches(hash, secret))
                        .isPresent();
    }

    private static OAuthException failed() {
        return new OAuthException(
                ErrorCode.INVALID_CLIENT, "unknown client, wrong secret, or a method it is not registered for");
    }

    private static OAuthException malformed() {
        return new OAuthException(ErrorCode.INVALID_CLIENT, "the Basic credentials are malformed");
    }
}
