package io.jeton.admin;

import io.jeton.managed.Change;
import io.jeton.user.AccountService;
import io.jeton.user.RegisteredAccount;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** One user, as described. */
@Path(UsersResource.PATH + "/{id}")
@Tag(name = UsersResource.TAG)
public final class UserResource {
    private final Operations operations;
    private final AccountService accounts;
    private final MergePatch patch;

    UserResource(Operations operations, AccountService accounts, MergePatch patch) {
        this.operations = operations;
        this.accounts = accounts;
        this.patch = patch;
    }

    @GET
    @Operation(operationId = "getUser", summary = "Look at a user")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserDocument.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.read(http, operation -> accounts.find(Wire.id(id))
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .map(account -> Answers.one(UserDocument.of(account), account.version())));
    }

    @PUT
    @Operation(
            operationId = "replaceUser",
            summary = "Describe a user anew",
            description = "What is left out has its default again; the password stays. Another name is the same user.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = UserDocument.class),
                            example = "{\"name\": \"alice\", \"roles\": [\"admin\"]}"))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserDocument.class)))
    public Uni<Response> replace(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> {
            var version = operation.requiredVersion();
            return accounts.update(operation.author(), Wire.id(id), UserDocument.read(operation.body()), version)
                    .map(UserResource::answer);
        });
    }

    @PATCH
    @Operation(
            operationId = "changeUser",
            summary = "Change what a user's description says: roles, name",
            description = "A merge patch (RFC 7396): what is left out stays. Who loses the role admin loses what was"
                    + " approved with it.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.MERGE_PATCH,
                            schema = @Schema(implementation = UserDocument.class),
                            example = "{\"roles\": [\"admin\"]}"))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserDocument.class)))
    public Uni<Response> change(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> {
            var version = operation.requiredVersion();
            var merging = patch.read(operation);
            return accounts.find(Wire.id(id))
                    .map(found -> found.orElseThrow(ProblemException::notFound))
                    .chain(account -> accounts.update(
                                    operation.author(),
                                    account.id(),
                                    UserDocument.read(merging.onto(UserDocument.of(account))),
                                    MergePatch.version(version, account.version()))
                            .map(UserResource::answer));
        });
    }

    @DELETE
    @Operation(
            operationId = "deleteUser",
            summary = "Delete a user",
            description = "With the user's devices and what they were granted.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeletedDocument.class)))
    public Uni<Response> delete(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(
                http, operation -> accounts.delete(operation.author(), Wire.id(id), operation.requiredVersion())
                        .map(change -> Answers.one(new DeletedDocument(Answers.done(change, "")))));
    }

    static Response answer(Change<RegisteredAccount> change) {
        RegisteredAccount account = Answers.done(change, UsersResource.TAKEN);
        return Answers.one(UserDocument.of(account), account.version());
    }
}
