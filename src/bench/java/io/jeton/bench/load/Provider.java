package io.jeton.bench.load;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Where a provider's endpoints are, as its own metadata says (OpenID Connect Discovery §4). */
public record Provider(JsonObject metadata, String discovery) {

    /** @throws RuntimeException where there is no metadata */
    public static Provider discover(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        String discovery = base + "/.well-known/openid-configuration";
        try (Http http = new Http(1)) {
            return new Provider(Http.await(http.get(discovery)).require(200).json(), discovery);
        }
    }

    String tokenEndpoint() {
        return metadata.getString("token_endpoint");
    }

    String deviceAuthorizationEndpoint() {
        return metadata.getString("device_authorization_endpoint");
    }

    public String jwks() {
        return metadata.getString("jwks_uri");
    }

    Optional<String> introspectionEndpoint() {
        return Optional.ofNullable(metadata.getString("introspection_endpoint"));
    }
}
