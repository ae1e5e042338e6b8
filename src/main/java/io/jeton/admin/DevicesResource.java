package io.jeton.admin;

import io.jeton.device.registry.DeviceRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The devices there are. */
@Path(DevicesResource.PATH)
@Tag(name = DevicesResource.TAG, description = "The registry of devices, which outlive their tokens.")
public final class DevicesResource {
    static final String PATH = "/admin/devices";
    static final String TAG = "Devices";

    private final Operations operations;
    private final Answers answers;
    private final DeviceRegistry registry;
    private final DeviceFilter filter;

    DevicesResource(Operations operations, Answers answers, DeviceRegistry registry, DeviceFilter filter) {
        this.operations = operations;
        this.answers = answers;
        this.registry = registry;
        this.filter = filter;
    }

    @GET
    @Operation(
            operationId = "listDevices",
            summary = "List devices, the newest first",
            description = "Those that fit every parameter. Where it is asked when they were seen last, a page may have"
                    + " fewer items than its limit, or none, and yet go on.")
    @Parameter(name = "client", in = ParameterIn.QUERY, description = "The client's id.")
    @Parameter(name = "model", in = ParameterIn.QUERY, description = "The whole name of the model.")
    @Parameter(name = "serial", in = ParameterIn.QUERY, description = "The whole serial number.")
    @Parameter(name = "serial_prefix", in = ParameterIn.QUERY, description = "How the serial number begins.")
    @Parameter(name = "owner", in = ParameterIn.QUERY, description = "The name or the id of the user whose it is.")
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            schema = @Schema(enumeration = {"active", "suspended", "retired"}))
    @Parameter(name = "seen_before", in = ParameterIn.QUERY, description = "Seen last before this instant (RFC 3339).")
    @Parameter(name = "seen_after", in = ParameterIn.QUERY, description = "Seen last at this instant or later.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = DeviceList.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> {
            Query query = operation.query(Stream.concat(Stream.of(DeviceFilter.NAMES), Stream.of("limit", "after"))
                    .toArray(String[]::new));
            int limit = query.limit();
            var after = Rows.after(query);
            return filter.read(Said.by(query))
                    .chain(selector -> registry.list(selector, after, limit))
                    .map(page -> answers.page(
                            http,
                            page.devices().stream().map(DeviceDocument::of).toList(),
                            Rows.next(page.next())));
        });
    }
}
