package io.jeton.admin;

import io.jeton.client.ClientService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Clients. */
@Path("/admin/clients")
@Tag(name = "Clients", description = "What may ask for tokens.")
public final class ClientsResource {
    private final Operations operations;
    private final Answers answers;
    private final ClientService clients;

    ClientsResource(Operations operations, Answers answers, ClientService clients) {
        this.operations = operations;
        this.answers = answers;
        this.clients = clients;
    }

    @GET
    @Operation(operationId = "listClients", summary = "Clients, by id")
    @Parameter(name = "q", in = ParameterIn.QUERY, description = "What the id or the name contains, in whatever case.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientPage.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> clients.list(
                        operation.query("limit", "after", "q").page())
                .map(page -> answers.page(
                        http, page.items().stream().map(ClientDocument::of).toList(), page.next())));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getClient", summary = "A client")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.read(http, operation -> clients.find(id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(client -> Answers.one(ClientDocument.of(client), client.version())));
    }
}
