package io.jeton.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.http.PublicDocument;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServerErrorException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The status lists as JWTs (Token Status List §8.1, §8.2), and all their addresses (§9). Served from memory. */
@Path(StatusListUris.PATH)
public final class StatusListResource implements MetadataContributor {
    private final CurrentStatusLists lists;
    private final StatusListUris uris;
    private final StatusListPolicy policy;
    private final Clock clock;
    private final ObjectMapper json;

    StatusListResource(
            CurrentStatusLists lists, StatusListUris uris, StatusListPolicy policy, Clock clock, ObjectMapper json) {
        this.lists = lists;
        this.uris = uris;
        this.policy = policy;
        this.clock = clock;
        this.json = json;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    public Response aggregation(@Context Request request) throws JsonProcessingException {
        String all = json.writeValueAsString(Map.of("status_lists", uris.first(lists.count())));
        return PublicDocument.of(all).answer(request, policy.ttl());
    }

    /** There is no CWT form of it, and no past one (§8.4). */
    @GET
    @Path("/{list:0|[1-9][0-9]{0,8}}")
    @Produces("application/" + StatusListRendering.SUBTYPE)
    @NonBlocking
    public Response list(@PathParam("list") int list, @Context Request request, @Context UriInfo uri) {
        if (uri.getQueryParameters().containsKey("time")) {
            throw new ServerErrorException(Response.Status.NOT_IMPLEMENTED);
        }
        StatusListToken token = lists.find(list).orElseThrow(NotFoundException::new);
        Duration remaining = token.remaining(clock.instant());
        if (remaining.toSeconds() < 1) {
            throw new OAuthException(
                    ErrorCode.TEMPORARILY_UNAVAILABLE, "the status list expired and cannot be renewed now");
        }
        return token.document().answer(request, remaining.compareTo(policy.ttl()) < 0 ? remaining : policy.ttl());
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        metadata.endpoint("status_list_aggregation_endpoint", StatusListUris.PATH);
    }
}
