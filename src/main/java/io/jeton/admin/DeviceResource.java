package io.jeton.admin;

import io.jeton.device.registry.Device;
import io.jeton.device.registry.DeviceName;
import io.jeton.device.registry.DeviceOrder;
import io.jeton.device.registry.DeviceOutcome;
import io.jeton.device.registry.DeviceRegistry;
import io.jeton.managed.Violation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One device. */
@Path(DevicesResource.PATH + "/{id}")
@Tag(name = DevicesResource.TAG)
public final class DeviceResource {
    private static final String NAME_RULE =
            "must have 1 to " + DeviceName.LONGEST + " characters, none of them a control character";

    private final Operations operations;
    private final DeviceRegistry registry;

    DeviceResource(Operations operations, DeviceRegistry registry) {
        this.operations = operations;
        this.registry = registry;
    }

    @GET
    @org.eclipse.microprofile.openapi.annotations.Operation(operationId = "getDevice", summary = "Look at a device")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeviceDocument.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.read(http, operation -> registry.find(Said.pathId(id))
                .map(found -> answer(found.orElseThrow(ProblemException::notFound))));
    }

    @PATCH
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "renameDevice",
            summary = "Give a device a name",
            description = "It keeps it, whatever it says of itself.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.MERGE_PATCH,
                            schema = @Schema(implementation = NameDocument.class),
                            example = "{\"name\": \"Kettle in the lab\"}"))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeviceDocument.class)))
    public Uni<Response> rename(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return operations.change(http, body, operation -> {
            DeviceOrder order =
                    order(operation, Said.pathId(id), operation.requiredVersion(), "renamed by an operator");
            DeviceName name = name(
                    new JsonBody(JsonBody.object(operation.contentType(), JsonBody.MERGE_PATCH, operation.rawBody())));
            return registry.rename(order, name).map(outcome -> done(outcome, DeviceAnswers::inState));
        });
    }

    @POST
    @Path("/suspend")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "suspendDevice",
            summary = "Suspend a device",
            description = "It gets no more tokens until it is resumed, keeps what it has, and comes back by itself. Its"
                    + " owner cannot resume it.")
    @RequestBody(content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ReasonDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeviceDocument.class)))
    public Uni<Response> suspend(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return change(http, id, body, registry::suspend, DeviceAnswers::inState);
    }

    @POST
    @Path("/resume")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "resumeDevice",
            summary = "Let a suspended device go on",
            description = "Whoever suspended it.")
    @RequestBody(content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ReasonDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeviceDocument.class)))
    public Uni<Response> resume(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return change(http, id, body, registry::resume, DeviceAnswers::inState);
    }

    @POST
    @Path("/retire")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "retireDevice",
            summary = "Retire a device for good",
            description = "What it was granted ends, and it is never granted anything again.")
    @RequestBody(content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ReasonDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeviceDocument.class)))
    public Uni<Response> retire(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return change(http, id, body, registry::retire, DeviceAnswers::inState);
    }

    @POST
    @Path("/revoke")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "revokeDevice",
            summary = "End what a device was granted",
            description =
                    "The device stays what it is: approved once more, it is the same. One that was enrolled with a"
                            + " key comes back by itself; suspend or retire that.")
    @RequestBody(content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ReasonDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeviceDocument.class)))
    public Uni<Response> revoke(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return change(http, id, body, registry::revoke, DeviceAnswers::nothingToEnd);
    }

    private Uni<Response> change(
            HttpServerRequest http,
            String id,
            byte[] body,
            Function<DeviceOrder, Uni<DeviceOutcome>> change,
            Function<DeviceOutcome.NotPossible, String> otherwise) {
        return operations.change(http, body, operation -> change.apply(
                        order(operation, Said.pathId(id), operation.version(), Reason.read(operation)))
                .map(outcome -> done(outcome, otherwise)));
    }

    private static DeviceOrder order(Operation operation, UUID device, OptionalLong version, String reason) {
        return new DeviceOrder(
                device,
                operation.orderedBy(),
                version.isPresent() ? Optional.of(version.getAsLong()) : Optional.empty(),
                reason);
    }

    private static DeviceName name(JsonBody body) {
        Optional<DeviceName> name = Said.by(body).read("name", NAME_RULE, DeviceName::parse);
        body.check();
        return name.orElseThrow(() -> ProblemException.invalid(List.of(new Violation("name", "is missing"))));
    }

    private static Response done(DeviceOutcome outcome, Function<DeviceOutcome.NotPossible, String> otherwise) {
        return answer(DeviceAnswers.done(outcome, otherwise));
    }

    private static Response answer(Device device) {
        return Answers.one(DeviceDocument.of(device), device.version());
    }
}
