package io.jeton.admin;

import io.jeton.device.fleet.Enrolment;
import io.jeton.device.fleet.EnrolmentFormat;
import io.jeton.device.fleet.EnrolmentOrder;
import io.jeton.device.fleet.EnrolmentReport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Zero-touch enrolment: a file of devices and their keys. */
@Path(EnrolmentResource.PATH)
@Tag(name = DevicesResource.TAG)
public final class EnrolmentResource {
    static final String PATH = DevicesResource.PATH + "/import";

    private static final String CSV = "text/csv";
    private static final String JSON_LINES = "application/jsonl";
    private static final Map<String, EnrolmentFormat> FORMATS = Map.of(
            CSV,
            EnrolmentFormat.CSV,
            JSON_LINES,
            EnrolmentFormat.JSON_LINES,
            "application/x-ndjson",
            EnrolmentFormat.JSON_LINES);

    private final Operations operations;
    private final Enrolment enrolment;

    EnrolmentResource(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
    }

    @POST
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "importDevices",
            summary = "Enrol devices with their keys",
            description =
                    "Such a device obtains its tokens by an assertion that it signs, and nobody approves it. At most"
                            + " 10 MB and 100,000 devices. A bad line is named by its number, and nothing is imported; with"
                            + " bad_lines=skip all but the bad. A line that says what is known already changes nothing, so that a"
                            + " file can be sent again.")
    @Parameter(
            name = "client",
            in = ParameterIn.QUERY,
            required = true,
            description = "The client whose software is on the devices.")
    @Parameter(
            name = "bad_lines",
            in = ParameterIn.QUERY,
            description = "Whether one bad line refuses the file.",
            schema =
                    @Schema(
                            enumeration = {"refuse", "skip"},
                            defaultValue = "refuse"))
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = CSV,
                        schema = @Schema(type = SchemaType.STRING),
                        example =
                                "serial,model,key_thumbprint\nK-1001,K-9,ZxIzMyzrNn0dOKfKtfXBLQsDKq7_s8hIQyAGuVbKrlg\n"),
                @Content(
                        mediaType = JSON_LINES,
                        schema = @Schema(type = SchemaType.STRING),
                        example = "{\"serial\": \"K-1001\", \"model\": \"K-9\","
                                + " \"key_thumbprint\": \"ZxIzMyzrNn0dOKfKtfXBLQsDKq7_s8hIQyAGuVbKrlg\"}\n")
            })
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = EnrolmentDocument.class)))
    @APIResponse(
            responseCode = "413",
            description = "The file is larger than 10 MB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "It has bad lines, and nothing was imported",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = EnrolmentDocument.class)))
    public Uni<Response> enrol(@Context HttpServerRequest http) {
        return operations.upload(http, Enrolment.LARGEST_FILE, EnrolmentResource::order, (order, file) -> enrolment
                .enrol(order, file)
                .map(EnrolmentResource::answer));
    }

    private static EnrolmentOrder order(Operation operation) {
        Query query = operation.query("client", "bad_lines");
        Said said = Said.by(query);
        return new EnrolmentOrder(
                said.text("client", DeviceFilter.LONGEST)
                        .orElseThrow(
                                () -> ProblemException.badRequest("client must say whose software is on the devices")),
                format(operation.contentType()),
                said.word("bad-lines", BadLines.class).orElse(BadLines.REFUSE) == BadLines.SKIP,
                operation.orderedBy());
    }

    private static EnrolmentFormat format(String contentType) {
        EnrolmentFormat format =
                FORMATS.get(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
        if (format == null) {
            throw ProblemException.unsupportedMediaType(CSV + " or " + JSON_LINES);
        }
        return format;
    }

    private static Response answer(EnrolmentReport report) {
        EnrolmentDocument document = EnrolmentDocument.of(report);
        Integer refused = document.status();
        return refused == null
                ? Answers.one(document)
                : Response.status(refused)
                        .type(Problem.MEDIA_TYPE)
                        .entity(document)
                        .build();
    }

    private enum BadLines {
        REFUSE,
        SKIP
    }
}
