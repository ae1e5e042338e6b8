package io.jeton.admin;

import io.jeton.client.ClientService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The clients there are. */
@Path(ClientsResource.PATH)
@Tag(name = ClientsResource.TAG, description = "What may ask for tokens: devices, services, tools.")
public final class ClientsResource {
    static final String PATH = "/admin/clients";
    public static final String TAKEN = "there is a client of this id already";

    static final String TAG = "Clients";

    static final String EXAMPLE = """
            {"id": "kettle", "name": "Kettle", "scopes": ["openid", "telemetry:write"],
             "audience": ["https://api.example.com"], "status_list": true}""";

    private final Operations operations;
    private final Answers answers;
    private final ClientService clients;

    ClientsResource(Operations operations, Answers answers, ClientService clients) {
        this.operations = operations;
        this.answers = answers;
        this.clients = clients;
    }

    @GET
    @Operation(operationId = "listClients", summary = "List clients, by id")
    @Parameter(name = "q", in = ParameterIn.QUERY, description = "What the id or the name contains, in whatever case.")
    @APIResponse(
            responseCode = "200",
            description = "A part of the list",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientPage.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> clients.list(
                        operation.query("limit", "after", "q").page())
                .map(page -> answers.page(
                        http, page.items().stream().map(ClientDocument::of).toList(), page.next())));
    }

    @POST
    @Operation(
            operationId = "createClient",
            summary = "Register a client",
            description = "Where its method has a secret, the answer shows it, once.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = ClientDocument.class),
                            example = EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "It is registered",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ClientDocument.class)))
    public Uni<Response> create(@Context HttpServerRequest http, byte[] body) {
        return operations.change(
                http, body, operation -> clients.create(operation.author(), ClientBody.ofNew(operation.body()))
                        .map(change -> Answers.done(change, TAKEN))
                        .map(issued -> answers.created(
                                PATH + "/" + Wire.segment(issued.client().id()),
                                ClientDocument.of(issued),
                                issued.client().version())));
    }
}
