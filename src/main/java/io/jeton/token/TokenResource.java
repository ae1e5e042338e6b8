package io.jeton.token;

import io.jeton.client.AuthMethod;
import io.jeton.client.Client;
import io.jeton.client.ClientAuthentication;
import io.jeton.client.ProvenKeys;
import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.grant.Grant;
import io.jeton.grant.GrantResult;
import io.jeton.grant.TokenRequest;
import io.jeton.http.FormRequest;
import io.jeton.http.RemoteAddress;
import io.jeton.http.RequestTimeout;
import io.jeton.limit.Limit;
import io.jeton.limit.Limits;
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
@Path(TokenResource.PATH)
public final class TokenResource implements MetadataContributor {
    static final String PATH = "/token";

    private final ProvenKeys keys;
    private final ClientAuthentication authentication;
    private final Map<GrantType, Grant> grants;
    private final TokenMint mint;
    private final RequestTimeout timeout;
    private final RemoteAddress remoteAddress;
    private final TokenMetrics metrics;
    private final Limits limits;

    TokenResource(
            ClientAuthentication authentication,
            ProvenKeys keys,
            @All List<Grant> grants,
            TokenMint mint,
            RequestTimeout timeout,
            RemoteAddress remoteAddress,
            TokenMetrics metrics,
            Limits limits) {
        this.authentication = authentication;
        this.keys = keys;
        this.grants = grants.stream().collect(Collectors.toUnmodifiableMap(Grant::type, Function.identity()));
        this.mint = mint;
        this.timeout = timeout;
        this.remoteAddress = remoteAddress;
        this.metrics = metrics;
        this.limits = limits;
    }

    @POST
    public Uni<Response> token(@Context HttpServerRequest http, byte[] body) {
        FormParameters form = FormRequest.read(http, body);
        return authentication
                .authenticate(http, form)
                .invoke(this::limit)
                .invoke(mint::requireReady)
                .chain(client -> serve(http, form, client))
                .plug(timeout::limit)
                .plug(answer -> metrics.counted(grantTypeLabel(form), answer));
    }

    private Uni<Response> serve(HttpServerRequest http, FormParameters form, Client client) {
        Grant grant = grant(client, form);
        TokenRequest unproven = new TokenRequest(client, form, Optional.empty(), remoteAddress.of(http));
        return ProvenKeys.areWrittenDown(http)
                ? grant.requireGenuine(unproven).chain(() -> proven(http, unproven, grant))
                : proven(http, unproven, grant);
    }

    private Uni<Response> proven(HttpServerRequest http, TokenRequest unproven, Grant grant) {
        return keys.required(http, PATH, unproven.client())
                .chain(key -> grant.request(unproven.with(key)).chain(result -> answer(result, key)));
    }

    private void limit(Client client) {
        if (client.authMethod() != AuthMethod.NONE) {
            limits.take(Limit.TOKENS_PER_CLIENT, client.id());
        }
    }

    /** What is sent must not decide how many time series there are. */
    private String grantTypeLabel(FormParameters form) {
        return form.get("grant_type")
                .filter(type -> grants.containsKey(new GrantType(type)))
                .orElse("other");
    }

    private Grant grant(Client client, FormParameters form) {
        Grant grant = grant(new GrantType(form.require("grant_type")));
        client.requireGrantType(grant.type());
        return grant;
    }

    private Grant grant(GrantType type) {
        Grant grant = grants.get(type);
        if (grant == null) {
            throw new OAuthException(ErrorCode.UNSUPPORTED_GRANT_TYPE, "there is no such grant type here");
        }
        return grant;
    }

    private Uni<Response> answer(GrantResult result, Optional<String> provenKey) {
        if (result instanceof GrantResult.Granted granted) {
            return mint.mint(granted.authorization(), provenKey).map(TokenResource::ok);
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
        metadata.endpoint("token_endpoint", PATH);
        metadata.values("token_endpoint_auth_methods_supported", authentication.methods());
        metadata.values("token_endpoint_auth_signing_alg_values_supported", ClientAuthentication.signingAlgorithms());
        metadata.values(
                "grant_types_supported",
                grants.keySet().stream().map(GrantType::value).sorted().toList());
        metadata.values("scopes_supported", List.of(Scopes.OPENID));
        metadata.values("claims_supported", List.of("iss", "sub", "aud", "exp", "iat", "auth_time", "amr", "at_hash"));
    }
}
