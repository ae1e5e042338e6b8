package io.jeton.token;

import io.jeton.client.Client;
import io.jeton.client.ClientAuthentication;
import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.grant.Grant;
import io.jeton.grant.GrantResult;
import io.jeton.grant.TokenRequest;
import io.jeton.http.FormRequest;
import io.jeton.http.RemoteAddress;
import io.jeton.http.RequestTimeout;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The token endpoint: RFC 6749 §3.2. The steps that every grant shares are here, and no grant can forget one. */
@Path("/token")
public final class TokenResource implements MetadataContributor {
    private final ClientAuthentication authentication;
    private final Map<GrantType, Grant> grants;
    private final TokenMint mint;
    private final RequestTimeout timeout;
    private final RemoteAddress remoteAddress;

    TokenResource(
            ClientAuthentication authentication,
            @All List<Grant> grants,
            TokenMint mint,
            RequestTimeout timeout,
            RemoteAddress remoteAddress) {
        this.authentication = authentication;
        this.grants = grants.stream().collect(Collectors.toUnmodifiableMap(Grant::type, Function.identity()));
        this.mint = mint;
        this.timeout = timeout;
        this.remoteAddress = remoteAddress;
    }

    @POST
    public Uni<Response> token(@Context HttpServerRequest http, byte[] body) {
        FormParameters form = FormRequest.read(http, body);
        Client client = authentication.authenticate(http.getHeader(HttpHeaders.AUTHORIZATION), form);
        Grant grant = grant(new GrantType(form.require("grant_type")));
        client.requireGrantType(grant.type());
        return grant.request(new TokenRequest(client, form, Optional.empty(), remoteAddress.of(http)))
                .chain(this::answer)
                .plug(timeout::limit);
    }

    private Grant grant(GrantType type) {
        Grant grant = grants.get(type);
        if (grant == null) {
            throw new OAuthException(ErrorCode.UNSUPPORTED_GRANT_TYPE, "there is no such grant type here");
        }
        return grant;
    }

    private Uni<Response> answer(GrantResult result) {
        if (result instanceof GrantResult.Granted granted) {
            return mint.mint(granted.authorization()).map(TokenResource::ok);
        }
        GrantResult.Refused refused = (GrantResult.Refused) result;
        OAuthException refusal = new OAuthException(refused.error(), refused.description());
        throw refused.retryAfter().map(refusal::retryAfter).orElse(refusal);
    }

    private static Response ok(TokenResponse tokens) {
        return Response.ok(tokens, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        metadata.endpoint("token_endpoint", "/token");
        metadata.values("token_endpoint_auth_methods_supported", ClientAuthentication.methods());
        metadata.values(
                "grant_types_supported",
                grants.keySet().stream().map(GrantType::value).sorted().toList());
        metadata.values("scopes_supported", List.of(Scopes.OPENID));
        metadata.values("claims_supported", List.of("iss", "sub", "aud", "exp", "iat", "auth_time", "amr", "at_hash"));
    }
}
