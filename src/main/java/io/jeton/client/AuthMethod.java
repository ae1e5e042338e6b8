package io.jeton.client;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code token_endpoint_auth_method}: RFC 7591 §2. */
public enum AuthMethod {
    NONE("none"),
    CLIENT_SECRET_BASIC("client_secret_basic"),
    CLIENT_SECRET_POST("client_secret_post"),
    /** RFC 7523 §2.2, signed by the secret. */
    CLIENT_SECRET_JWT("client_secret_jwt"),
    /** RFC 7523 §2.2, signed by a key of the client's own. */
    PRIVATE_KEY_JWT("private_key_jwt"),
    /** RFC 8705 §2.1. */
    TLS_CLIENT_AUTH("tls_client_auth"),
    /** RFC 8705 §2.2. */
    SELF_SIGNED_TLS_CLIENT_AUTH("self_signed_tls_client_auth");

    private final String value;

    AuthMethod(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }

    /** Whether whoever authenticates by it shares a secret with us. */
    boolean hasSecret() {
        return this == CLIENT_SECRET_BASIC || this == CLIENT_SECRET_POST || this == CLIENT_SECRET_JWT;
    }

    /** Whether whoever authenticates by it has registered public keys. */
    boolean hasKeys() {
        return this == PRIVATE_KEY_JWT || this == SELF_SIGNED_TLS_CLIENT_AUTH;
    }

    /** Whether whoever authenticates by it shows a certificate. */
    boolean hasCertificate() {
        return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
    }

    static Optional<AuthMethod> find(String value) {
        return Arrays.stream(values())
                .filter(method -> method.value.equals(value))
                .findFirst();
    }

    /** @throws IllegalArgumentException where there is no such method */
    static AuthMethod of(String value) {
        return find(value)
                .orElseThrow(() -> new IllegalArgumentException("unknown client authentication method " + value));
    }

    /** @param certificates whether certificates are taken */
    static List<String> supported(boolean certificates) {
        return Arrays.stream(values())
                .filter(method -> certificates || !method.hasCertificate())
                .map(AuthMethod::value)
                .toList();
    }
}
