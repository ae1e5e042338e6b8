package io.jeton.admin;

import io.jeton.client.ClientService;
import io.jeton.client.ClientSpecification;
import io.jeton.client.IssuedClient;
import io.jeton.managed.Change;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One client. */
@Path(ClientsResource.PATH + "/{id}")
@Tag(name = ClientsResource.TAG)
public final class ClientResource {
    private final Operations operations;
    private final ClientService clients;
    private final MergePatch patch;

    ClientResource(Operations operations, ClientService clients, MergePatch patch) {
        this.operations = operations;
        this.clients = clients;
        this.patch = patch;
    }

    @GET
    @Operation(operationId = "getClient", summary = "Look at a client")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.read(http, operation -> clients.find(id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(client -> Answers.one(ClientDocument.of(client), client.version())));
    }

    @PUT
    @Operation(
            operationId = "replaceClient",
            summary = "Describe a client anew",
            description = "What is left out has its default again. Its secret stays, unless its method has another"
                    + " kind of secret, or none.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = ClientDocument.class),
                            example = ClientsResource.EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> replace(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> {
            var version = operation.requiredVersion();
            ClientSpecification client = ClientBody.of(id, operation.body());
            return clients.update(operation.author(), client, version).map(ClientResource::answer);
        });
    }

    @PATCH
    @Operation(
            operationId = "changeClient",
            summary = "Change what a client's description says",
            description = "A merge patch (RFC 7396): what is left out stays, null gives a member its default again.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.MERGE_PATCH,
                            schema = @Schema(implementation = ClientDocument.class),
                            example = "{\"name\": \"Samovar\", \"jwks_uri\": null}"))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> change(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> {
            var version = operation.requiredVersion();
            var merging = patch.read(operation);
            return clients.find(id)
                    .map(found -> found.orElseThrow(ProblemException::notFound))
                    .chain(client -> clients.update(
                                    operation.author(),
                                    ClientBody.of(id, merging.onto(ClientDocument.of(client))),
                                    MergePatch.version(version, client.version()))
                            .map(ClientResource::answer));
        });
    }

    @DELETE
    @Operation(
            operationId = "deleteClient",
            summary = "Delete a client",
            description = "With its devices and what they were granted. Access tokens live on until they expire, where"
                    + " nobody asks about them.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeletedDocument.class)))
    public Uni<Response> delete(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(http, operation -> clients.delete(operation.author(), id, operation.requiredVersion())
                .map(change -> Answers.one(new DeletedDocument(Answers.done(change, "")))));
    }

    @POST
    @Path("/disable")
    @Operation(
            operationId = "disableClient",
            summary = "Let a client have nothing any more",
            description = "Nor its devices, until it is enabled again.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> disable(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(http, operation -> clients.disable(operation.author(), id, operation.version())
                .map(ClientResource::answer));
    }

    @POST
    @Path("/enable")
    @Operation(operationId = "enableClient", summary = "Let a client go on")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> enable(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(http, operation -> clients.enable(operation.author(), id, operation.version())
                .map(ClientResource::answer));
    }

    static Response answer(Change<IssuedClient> change) {
        IssuedClient issued = Answers.done(change, "");
        return Answers.one(ClientDocument.of(issued), issued.client().version());
    }
}
