package io.jeton.token;

import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.http.FormRequest;
import io.jeton.http.RequestTimeout;
import io.jeton.protocol.ChallengeException;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.Scopes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who approved the device: OpenID Connect Core §5.3. */
@Path(UserInfoResource.PATH)
public final class UserInfoResource implements MetadataContributor {
    static final String PATH = "/userinfo";

    private final ResourceAuthentication authentication;
    private final RequestTimeout timeout;

    UserInfoResource(ResourceAuthentication authentication, RequestTimeout timeout) {
        this.authentication = authentication;
        this.timeout = timeout;
    }

    @GET
    public Uni<Response> get(@Context HttpServerRequest http) {
        return answer(http, null);
    }

    /** The token in the header, or in the body as a form (RFC 6750 §2.2). */
    @POST
    public Uni<Response> post(@Context HttpServerRequest http, byte[] body) {
        return answer(http, body.length == 0 ? null : FormRequest.read(http, body));
    }

    private Uni<Response> answer(HttpServerRequest http, @Nullable FormParameters form) {
        return authentication
                .authenticate(http, PATH, form)
                .map(UserInfoResource::claims)
                .plug(timeout::limit);
    }

    private static Response claims(AccessToken token) {
        if (!token.scopes().contains(Scopes.OPENID)) {
            throw ChallengeException.insufficientScope(Scopes.OPENID);
        }
        return Response.ok(Map.of("sub", token.subject()), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        metadata.endpoint("userinfo_endpoint", PATH);
    }
}
