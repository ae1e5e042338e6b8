package io.jeton.admin;

import io.jeton.client.ClientService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The secret of a client. */
@Path(ClientsResource.PATH + "/{id}/secret")
@Tag(name = ClientsResource.TAG)
public final class ClientSecretResource {
    private final Operations operations;
    private final ClientService clients;

    ClientSecretResource(Operations operations, ClientService clients) {
        this.operations = operations;
        this.clients = clients;
    }

    /** How a secret is exchanged. */
    @Schema(name = "SecretRotation")
    record Rotation(
            @Schema(
                    description = "How long the former secret counts as well, from PT0S to P90D.",
                    defaultValue = "P7D",
                    examples = "PT12H")
            String overlap) {}

    @POST
    @Operation(
            operationId = "rotateClientSecret",
            summary = "Make a new secret",
            description = "The answer shows it, once. The former one counts for a while as well, so that nothing stands"
                    + " still until it is exchanged everywhere.")
    @RequestBody(content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = Rotation.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> rotate(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> clients.rotateSecret(
                        operation.author(),
                        id,
                        operation.hasBody() ? overlap(operation.body()) : ClientService.OVERLAP,
                        operation.version())
                .map(ClientResource::answer));
    }

    @DELETE
    @Path("/former")
    @Operation(operationId = "revokeFormerClientSecret", summary = "End the overlap: the present secret alone counts")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> revokeFormer(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(
                http, operation -> clients.revokeFormerSecret(operation.author(), id, operation.requiredVersion())
                        .map(ClientResource::answer));
    }

    /** For how long the former secret counts as well. */
    public static Duration overlap(JsonBody body) {
        Duration overlap = body.duration("overlap").orElse(ClientService.OVERLAP);
        body.check();
        return overlap;
    }
}
