package io.jeton.admin;

import io.jeton.device.fleet.BulkOutcome;
import io.jeton.device.fleet.BulkRevocation;
import io.jeton.device.fleet.BulkRevocations;
import io.jeton.device.registry.OrderedBy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A bulk revocation that has begun. */
@Path(RevocationsResource.PATH + "/{id}")
@Tag(name = RevocationsResource.TAG)
public final class RevocationResource {
    private final Operations operations;
    private final BulkRevocations revocations;

    RevocationResource(Operations operations, BulkRevocations revocations) {
        this.operations = operations;
        this.revocations = revocations;
    }

    @GET
    @Operation(operationId = "getBulkRevocation", summary = "See how far it is")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = BulkRevocationDocument.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("id") String id) {
        return operations.read(http, operation -> revocations
                .find(Said.pathId(id))
                .map(found -> answer(found.orElseThrow(ProblemException::notFound))));
    }

    @POST
    @Path("/pause")
    @Operation(
            operationId = "pauseBulkRevocation",
            summary = "Pause it",
            description = "When this has answered, no device more is touched.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = BulkRevocationDocument.class)))
    public Uni<Response> pause(@Context HttpServerRequest http, @PathParam("id") String id) {
        return change(http, id, revocations::pause);
    }

    @POST
    @Path("/resume")
    @Operation(operationId = "resumeBulkRevocation", summary = "Let it go on where it was paused")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = BulkRevocationDocument.class)))
    public Uni<Response> resume(@Context HttpServerRequest http, @PathParam("id") String id) {
        return change(http, id, revocations::resume);
    }

    @POST
    @Path("/cancel")
    @Operation(
            operationId = "cancelBulkRevocation",
            summary = "End it before its time",
            description = "What was done is not undone.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = BulkRevocationDocument.class)))
    public Uni<Response> cancel(@Context HttpServerRequest http, @PathParam("id") String id) {
        return change(http, id, revocations::cancel);
    }

    private Uni<Response> change(
            HttpServerRequest http, String id, BiFunction<UUID, OrderedBy, Uni<BulkOutcome>> change) {
        return operations.change(http, operation -> {
            operation.unversioned();
            return change.apply(Said.pathId(id), operation.orderedBy()).map(RevocationResource::done);
        });
    }

    private static Response done(BulkOutcome outcome) {
        if (outcome instanceof BulkOutcome.Done done) {
            return answer(done.revocation());
        } else if (outcome instanceof BulkOutcome.NotFound) {
            throw ProblemException.notFound();
        } else if (outcome instanceof BulkOutcome.NotPossible not) {
            throw ProblemException.notPossible("the bulk revocation is " + Wire.word(not.state()));
        }
        throw new IllegalStateException("no such outcome");
    }

    private static Response answer(BulkRevocation revocation) {
        return Answers.one(BulkRevocationDocument.of(revocation));
    }
}
