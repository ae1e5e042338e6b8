package io.jeton.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.http.PublicDocument;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;

/** One document for both kinds of client: OpenID Connect Discovery §4 and RFC 8414 §3. */
@Path("/.well-known")
public final class DiscoveryResource {
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final PublicDocument document;

    DiscoveryResource(Issuer issuer, @All List<MetadataContributor> contributors, ObjectMapper json)
            throws JsonProcessingException {
        ProviderMetadata metadata = new ProviderMetadata(issuer);
        contributors.forEach(contributor -> contributor.contribute(metadata));
        // There is no authorization endpoint, so no response type; both specifications require the member.
        metadata.values("response_types_supported", List.of());
        metadata.values("subject_types_supported", List.of("public"));
        this.document = PublicDocument.of(json.writeValueAsString(metadata.members()));
    }

    @GET
    @Path("/openid-configuration")
    @NonBlocking
    public Response openidConfiguration(@Context Request request) {
        return document.answer(request, MAX_AGE);
    }

    @GET
    @Path("/oauth-authorization-server")
    @NonBlocking
    public Response authorizationServer(@Context Request request) {
        return document.answer(request, MAX_AGE);
    }
}
