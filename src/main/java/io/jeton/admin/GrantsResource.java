package io.jeton.admin;

import io.jeton.device.registry.OrderedBy;
import io.jeton.refresh.DeviceGrants;
import io.jeton.refresh.GrantSelector;
import io.jeton.refresh.StandingGrant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What devices were granted. */
@Path(GrantsResource.PATH)
@Tag(name = GrantsResource.TAG, description = "What devices were granted: their refresh tokens, without the tokens.")
public final class GrantsResource {
    static final String PATH = "/admin/grants";
    static final String TAG = "Grants";

    private final Operations operations;
    private final Answers answers;
    private final DeviceGrants grants;
    private final DeviceFilter filter;

    GrantsResource(Operations operations, Answers answers, DeviceGrants grants, DeviceFilter filter) {
        this.operations = operations;
        this.answers = answers;
        this.grants = grants;
        this.filter = filter;
    }

    @GET
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "listGrants",
            summary = "List live grants, those of the newest devices first",
            description = "A page may have fewer items than its limit, or none, and yet go on.")
    @Parameter(name = "device", in = ParameterIn.QUERY, description = "The device's id.")
    @Parameter(
            name = "user",
            in = ParameterIn.QUERY,
            description = "The name or the id of the user whose device it is.")
    @Parameter(name = "client", in = ParameterIn.QUERY, description = "The client's id.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = GrantList.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> {
            Query query = operation.query("device", "user", "client", "limit", "after");
            Said said = Said.by(query);
            int limit = query.limit();
            var after = Rows.after(query);
            var device = said.id("device", Said.DEVICE_ID);
            var client = said.text("client", DeviceFilter.LONGEST);
            return filter.account(said, "user")
                    .chain(user -> grants.list(new GrantSelector(device, user, client), after, limit))
                    .map(page -> answers.page(
                            http, page.grants().stream().map(GrantDocument::of).toList(), Rows.next(page.next())));
        });
    }

    @GET
    @Path("/{id}")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "getGrant",
            summary = "Look at a grant",
            description = "Live, or ended for less than thirty days.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = GrantDocument.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.read(http, operation -> find(Said.pathId(id)).map(GrantsResource::answer));
    }

    @POST
    @Path("/{id}/revoke")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "revokeGrant",
            summary = "End a grant",
            description =
                    "Its refresh token is refused from now on, its access tokens wherever their status is looked at.")
    @RequestBody(content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ReasonDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = GrantDocument.class)))
    public Uni<Response> revoke(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> {
            operation.unversioned();
            UUID grant = Said.pathId(id);
            OrderedBy by = operation.orderedBy();
            var order = new DeviceGrants.Order(grant, by.actor(), by.from(), Reason.read(operation));
            return grants.revoke(order)
                    .chain(revoked -> find(grant).invoke(found -> {
                        if (!revoked) {
                            throw ProblemException.notPossible("the grant has ended already");
                        }
                    }))
                    .map(GrantsResource::answer);
        });
    }

    private Uni<StandingGrant> find(UUID id) {
        return grants.find(id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    private static Response answer(StandingGrant grant) {
        return Answers.one(GrantDocument.of(grant));
    }
}
