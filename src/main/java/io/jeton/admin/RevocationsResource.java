package io.jeton.admin;

import io.jeton.device.fleet.BulkRevocation;
import io.jeton.device.fleet.BulkRevocations;
import io.jeton.device.fleet.BulkStart;
import io.jeton.managed.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many devices at once. */
@Path(RevocationsResource.PATH)
@Tag(
        name = RevocationsResource.TAG,
        description = "Many devices revoked, suspended or retired at once: looked at first, then staged at a rate.")
public final class RevocationsResource {
    static final String PATH = "/admin/revocations";
    static final String TAG = "Bulk revocations";

    private static final String EXAMPLE = """
            {"selector": {"client": "kettle", "model": "K-9", "seen_before": "2026-06-01T00:00:00Z"},
             "action": "revoke", "per_second": 100, "max": 120, "reason": "recalled", "dry_run": true}""";

    private final Operations operations;
    private final Answers answers;
    private final BulkRevocations revocations;
    private final DeviceFilter filter;

    RevocationsResource(Operations operations, Answers answers, BulkRevocations revocations, DeviceFilter filter) {
        this.operations = operations;
        this.answers = answers;
        this.revocations = revocations;
        this.filter = filter;
    }

    @GET
    @Operation(
            operationId = "listBulkRevocations",
            summary = "List bulk revocations, the newest first",
            description = "Those that ended less than a year ago.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = BulkRevocationList.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> {
            Query query = operation.query("limit", "after");
            int limit = query.limit();
            return revocations
                    .list(Rows.after(query), limit + 1)
                    .map(found -> Page.of(
                            found, limit, revocation -> revocation.cursor().toString()))
                    .map(page -> answers.page(
                            http,
                            page.items().stream()
                                    .map(BulkRevocationDocument::of)
                                    .toList(),
                            page.next()));
        });
    }

    @POST
    @Operation(
            operationId = "createBulkRevocation",
            summary = "Look what a bulk revocation would do, or begin it",
            description =
                    "A dry run, unless dry_run is false: it counts, and shows a few. Once begun, it goes on by itself,"
                            + " on whichever replica. A device is concerned that was first seen before the start, and fits the"
                            + " selector when its turn comes.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = BulkOrderDocument.class),
                            example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "What it would do; nothing was done",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = BulkPreviewDocument.class)))
    @APIResponse(
            responseCode = "409",
            description = "More devices match than max; nothing has begun",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "202",
            description = "It has begun; its progress is found there",
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = BulkRevocationDocument.class)))
    public Uni<Response> create(@Context HttpServerRequest http, byte[] body) {
        return operations.change(http, body, operation -> BulkBody.read(operation.body(), filter)
                .chain(asked -> asked.dryRun()
                        ? revocations
                                .preview(asked.order())
                                .map(BulkPreviewDocument::of)
                                .map(Answers::one)
                        : revocations
                                .start(asked.order(), operation.orderedBy(), asked.max())
                                .map(this::started)));
    }

    private Response started(BulkStart start) {
        if (start instanceof BulkStart.TooMany many) {
            throw ProblemException.tooMany(many.matched());
        }
        BulkRevocation revocation = ((BulkStart.Begun) start).revocation();
        return answers.accepted(PATH + "/" + revocation.id(), BulkRevocationDocument.of(revocation));
    }
}
