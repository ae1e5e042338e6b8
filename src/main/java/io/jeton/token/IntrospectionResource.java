package io.jeton.token;

import io.jeton.client.AuthMethod;
import io.jeton.client.Client;
import io.jeton.client.ClientAuthentication;
import io.jeton.discovery.Issuer;
import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.http.FormRequest;
import io.jeton.http.RequestTimeout;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.TokenSigner;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A resource server asks about a token: RFC 7662; as a signed JWT where it wants one: RFC 9701. */
@Path(IntrospectionResource.PATH)
public final class IntrospectionResource implements MetadataContributor {
    static final String PATH = "/introspect";
    private static final String JWT = "token-introspection+jwt";
    private static final KeyAlgorithm ALGORITHM = KeyAlgorithm.ES256;

    private final ClientAuthentication authentication;
    private final Introspection introspection;
    private final TokenSigner signer;
    private final Issuer issuer;
    private final Clock clock;
    private final RequestTimeout timeout;

    IntrospectionResource(
            ClientAuthentication authentication,
            Introspection introspection,
            TokenSigner signer,
            Issuer issuer,
            Clock clock,
            RequestTimeout timeout) {
        this.authentication = authentication;
        this.introspection = introspection;
        this.signer = signer;
        this.issuer = issuer;
        this.clock = clock;
        this.timeout = timeout;
    }

    @POST
    public Uni<Response> introspect(@Context HttpServerRequest http, byte[] body) {
        FormParameters form = FormRequest.read(http, body);
        return authentication
                .authenticate(http, form)
                .invoke(IntrospectionResource::requireSecrecy)
                .chain(client -> introspection
                        .of(form.require("token"), client)
                        .chain(claims -> wantsJwt(http) ? signed(claims, client) : plain(claims)))
                .plug(timeout::limit);
    }

    /** RFC 7662 §2.1: the endpoint is no oracle for whoever found a token. */
    private static void requireSecrecy(Client client) {
        if (client.authMethod() == AuthMethod.NONE) {
            throw new OAuthException(
                    ErrorCode.INVALID_CLIENT, "only a client that authenticates may introspect tokens");
        }
    }

    private static boolean wantsJwt(HttpServerRequest http) {
        return String.join(",", http.headers().getAll(HttpHeaders.ACCEPT)).contains("application/" + JWT);
    }

    private static Uni<Response> plain(Map<String, Object> claims) {
        return Uni.createFrom().item(response(claims, MediaType.APPLICATION_JSON));
    }

    /** RFC 9701 §5. */
    private Uni<Response> signed(Map<String, Object> claims, Client client) {
        Map<String, Object> jwt = new LinkedHashMap<>();
        jwt.put("iss", issuer.value());
        jwt.put("aud", client.id());
        jwt.put("iat", clock.instant().getEpochSecond());
        jwt.put("token_introspection", claims);
        return signer.sign(jwt, JWT, ALGORITHM).map(token -> response(token, "application/" + JWT));
    }

    private static Response response(Object entity, String type) {
        return Response.ok(entity, type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        metadata.endpoint("introspection_endpoint", PATH);
        metadata.values(
                "introspection_endpoint_auth_methods_supported",
                authentication.methods().stream()
                        .filter(method -> !method.equals(AuthMethod.NONE.value()))
                        .toList());
        metadata.values(
                "introspection_endpoint_auth_signing_alg_values_supported", ClientAuthentication.signingAlgorithms());
        metadata.values("introspection_signing_alg_values_supported", List.of(ALGORITHM.value()));
    }
}
