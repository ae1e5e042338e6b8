package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jeton.device.fleet.BulkAction;
import io.jeton.device.fleet.BulkOrder;
import io.jeton.device.fleet.BulkRevocation;
import io.jeton.device.fleet.BulkRevocations;
import io.jeton.device.registry.DeviceSelector;
import io.jeton.user.AccountService;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is ordered of one user. */
@Path(UsersResource.PATH + "/{id}")
@Tag(name = UsersResource.TAG)
public final class UserOrdersResource {
    private static final int PER_SECOND = 100;
    private static final String REASON = "all of its owner's, by an operator";

    private final Operations operations;
    private final Answers answers;
    private final AccountService accounts;
    private final BulkRevocations bulkRevocations;

    UserOrdersResource(
            Operations operations, Answers answers, AccountService accounts, BulkRevocations bulkRevocations) {
        this.operations = operations;
        this.answers = answers;
        this.accounts = accounts;
        this.bulkRevocations = bulkRevocations;
    }

    /** Another password. */
    @Schema(name = "Password")
    record Password(
            @Schema(description = "8 to 1024 characters; stored as a slow hash.")
            String password) {}

    /** What was ended. */
    @RegisterForReflection
    @Schema(name = "SignedOut")
    record SignedOut(@JsonProperty("sessions") int sessions) {}

    /** What was started. */
    @RegisterForReflection
    @Schema(name = "RevocationStarted")
    record Started(
            @JsonProperty("bulk_revocation") UUID id,
            @JsonProperty("matched") long matched) {}

    @POST
    @Path("/disable")
    @Operation(
            operationId = "disableUser",
            summary = "Let a user do nothing any more",
            description = "What the user approved stops working, and works again when the user is enabled again.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserDocument.class)))
    public Uni<Response> disable(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(
                http, operation -> accounts.disable(operation.author(), Wire.id(id), operation.version())
                        .map(UserResource::answer));
    }

    @POST
    @Path("/enable")
    @Operation(operationId = "enableUser", summary = "Let a user go on")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserDocument.class)))
    public Uni<Response> enable(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(
                http, operation -> accounts.enable(operation.author(), Wire.id(id), operation.version())
                        .map(UserResource::answer));
    }

    @PUT
    @Path("/password")
    @Operation(
            operationId = "setUserPassword",
            summary = "Set a password",
            description = "Whoever is signed in with the former one is so no longer.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = Password.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserDocument.class)))
    public Uni<Response> setPassword(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> {
            var version = operation.requiredVersion();
            return accounts.setPassword(operation.author(), Wire.id(id), password(operation.body()), version)
                    .map(UserResource::answer);
        });
    }

    @POST
    @Path("/sign-out-everywhere")
    @Operation(operationId = "signUserOut", summary = "End every browser session of a user")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = SignedOut.class)))
    public Uni<Response> signOutEverywhere(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(http, operation -> accounts.signOutEverywhere(operation.author(), Wire.id(id))
                .map(change -> Answers.one(new SignedOut(Answers.done(change, "")))));
    }

    @POST
    @Path("/revoke-devices")
    @Operation(
            operationId = "revokeUserDevices",
            summary = "Revoke whatever a user's devices were granted",
            description = "A bulk revocation, which goes on by itself; its progress is found there.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = Started.class)))
    public Uni<Response> revokeDevices(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.change(http, operation -> accounts.find(Wire.id(id))
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .chain(account -> bulkRevocations.start(
                        new BulkOrder(DeviceSelector.ALL.owner(account.id()), BulkAction.REVOKE, PER_SECOND, REASON),
                        operation.orderedBy()))
                .map(this::accepted));
    }

    private Response accepted(BulkRevocation started) {
        return answers.accepted("/admin/revocations/" + started.id(), new Started(started.id(), started.matched()));
    }

    private static String password(JsonBody body) {
        String password = body.text("password").orElse("");
        body.check();
        return password;
    }
}
