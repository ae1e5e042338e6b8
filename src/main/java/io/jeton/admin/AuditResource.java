package io.jeton.admin;

import io.jeton.audit.AuditQuery;
import io.jeton.audit.AuditRepository;
import io.jeton.audit.EventType;
import io.jeton.audit.Outcome;
import io.jeton.managed.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened. */
@Path("/admin/audit")
@Tag(name = "Audit trail", description = "What happened: who did what, to which device and client, from where.")
public final class AuditResource {
    private final Operations operations;
    private final Answers answers;
    private final AuditRepository trail;
    private final DeviceFilter filter;

    AuditResource(Operations operations, Answers answers, AuditRepository trail, DeviceFilter filter) {
        this.operations = operations;
        this.answers = answers;
        this.trail = trail;
        this.filter = filter;
    }

    @GET
    @Operation(
            operationId = "listAuditEntries",
            summary = "Read the audit trail, the newest first",
            description = "What fits every parameter. An event is in it within a second.")
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "The type of event, for example device.revoked.")
    @Parameter(name = "outcome", in = ParameterIn.QUERY, schema = @Schema(enumeration = {"success", "refused"}))
    @Parameter(name = "client", in = ParameterIn.QUERY, description = "The client's id.")
    @Parameter(name = "device", in = ParameterIn.QUERY, description = "The device's id.")
    @Parameter(name = "user", in = ParameterIn.QUERY, description = "The name or the id of the user it is about.")
    @Parameter(name = "actor", in = ParameterIn.QUERY, description = "The id of who did it, as actor_id has it.")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "The first instant (RFC 3339).")
    @Parameter(name = "until", in = ParameterIn.QUERY, description = "The last instant, not included.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = AuditEntryList.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> {
            Query query = operation.query(
                    "type", "outcome", "client", "device", "user", "actor", "since", "until", "limit", "after");
            Said said = Said.by(query);
            int limit = query.limit();
            AuditQuery asked = asked(said, query, limit + 1);
            return filter.account(said, "user")
                    .chain(user -> trail.find(user.map(asked::ofAccount).orElse(asked)))
                    .map(found -> Page.of(found, limit, entry -> Long.toString(entry.id())))
                    .map(page -> answers.page(
                            http, page.items().stream().map(AuditDocument::of).toList(), page.next()));
        });
    }

    private static AuditQuery asked(Said said, Query query, int limit) {
        Optional<Instant> since = said.instant("since");
        Optional<Instant> until = said.instant("until");
        if (since.isPresent() && until.filter(end -> !end.isAfter(since.get())).isPresent()) {
            said.refuse("until", "must be later than since");
        }
        return new AuditQuery(
                said.read("type", "must be a type of event, for example device.revoked", EventType::of)
                        .map(EventType::value)
                        .orElse(null),
                said.text("client", DeviceFilter.LONGEST).orElse(null),
                said.id("device", Said.DEVICE_ID).orElse(null),
                null,
                said.text("actor", DeviceFilter.LONGEST).orElse(null),
                said.word("outcome", Outcome.class).orElse(null),
                since.orElse(null),
                until.orElse(null),
                query.after().map(AuditResource::id).orElse(null),
                limit);
    }

    private static Long id(String key) {
        try {
            return Long.valueOf(key);
        } catch (NumberFormatException e) {
            throw Cursor.unknown();
        }
    }
}
