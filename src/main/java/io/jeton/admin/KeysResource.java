package io.jeton.admin;

import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.KeyTimetable;
import io.jeton.managed.Violation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The keys that sign and seal. */
@Path(KeysResource.PATH)
@Tag(name = KeysResource.TAG, description = "The keys that sign tokens, and the secrets that seal them.")
public final class KeysResource {
    static final String PATH = "/admin/keys";
    static final String TAG = "Keys";

    private final Operations operations;
    private final KeyTimetable timetable;
    private final KeyRemovals removals;
    private final KeyOrders orders;

    KeysResource(Operations operations, KeyTimetable timetable, KeyRemovals removals, KeyOrders orders) {
        this.operations = operations;
        this.timetable = timetable;
        this.removals = removals;
        this.orders = orders;
    }

    /** For the description alone: what {@link #rotate} reads. */
    @Schema(name = "Rotation", description = "Which key shall take over.")
    record RotationDocument(
            @Schema(enumeration = {"ES256", "RS256", "EdDSA", "HMAC"})
            String algorithm) {}

    @GET
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "listKeys",
            summary = "Look at the timetable",
            description = "Every key with its instants, and when its successor takes over.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = KeyDocument.All.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> timetable
                .read()
                .map(lines -> Answers.one(new KeyDocument.All(
                        lines.stream().map(KeyDocument.Timetable::of).toList()))));
    }

    @GET
    @Path("/{kid}")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "getKey",
            summary = "Look at a key, and whom its removal would concern")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = KeyReport.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("kid") String kid) {
        return operations.read(http, operation -> removals.of(kid).map(Answers::one));
    }

    @POST
    @Path("/rotate")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "rotateKey",
            summary = "Let the next key of an algorithm take over now",
            description = "Not before it has been published for long enough that every verifier knows it.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = RotationDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content =
                    @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = KeyDocument.Timetable.class)))
    public Uni<Response> rotate(@Context HttpServerRequest http, byte[] body) {
        return operations.change(http, body, operation -> {
            KeyAlgorithm algorithm = algorithm(operation.body());
            return orders.rotate(algorithm, operation.author()).map(Answers::one);
        });
    }

    @POST
    @Path("/{kid}/compromised")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "removeKey",
            summary = "Take a compromised key out at once",
            description =
                    "It leaves the key set, whatever its state, and its successor takes over. The answer says whom that"
                            + " concerns; look at the key first.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = KeyReport.class)))
    public Uni<Response> remove(@Context HttpServerRequest http, @PathParam("kid") String kid) {
        return operations.change(http, operation -> {
            operation.unversioned();
            return orders.remove(kid, operation.author()).map(Answers::one);
        });
    }

    private static KeyAlgorithm algorithm(JsonBody body) {
        List<KeyAlgorithm> all = List.of(KeyAlgorithm.values());
        String rule = "must be one of "
                + String.join(", ", all.stream().map(KeyAlgorithm::value).toList());
        Optional<KeyAlgorithm> algorithm = Said.by(body)
                .read("algorithm", rule, text -> Arrays.stream(KeyAlgorithm.values())
                        .filter(known -> known.value().equals(text))
                        .findFirst());
        body.check();
        return algorithm.orElseThrow(() -> ProblemException.invalid(List.of(new Violation("algorithm", rule))));
    }
}
