package io.jeton.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to the description what every resource has in common, so that none can forget it. */
public final class CommonAnswers implements OASFilter {
    private static final String PROBLEM = "#/components/schemas/Problem";

    private static final Map<String, String> ALWAYS = Map.of(
            "400", "The request is malformed",
            "401", "No token, or one that does not count (RFC 6750)",
            "403", "The token's scope does not reach here",
            "429", "Too many requests: Retry-After says when to come again",
            "503", "The database is away: Retry-After says when to try again, unchanged");

    private static final Map<String, String> WITH_A_BODY = Map.of(
            "413", "The body is larger than 256 KiB",
            "415", "The body is of another media type",
            "422", "The body breaks rules, each of which is named");

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> complete(path, method, operation)));
    }

    private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
        new TreeMap<>(ALWAYS).forEach((status, what) -> answer(operation, status, what));
        if (path.contains("{")) {
            answer(operation, "404", "There is no such thing");
        }
        if (operation.getRequestBody() != null) {
            new TreeMap<>(WITH_A_BODY).forEach((status, what) -> answer(operation, status, what));
        }
        if (method != PathItem.HttpMethod.GET) {
            answer(operation, "409", "The state of things does not allow it, or they are declared elsewhere");
        }
        conditions(path, method, operation);
        if (listed(operation)) {
            add(operation, query("limit", "How many items, from 1 to 200; 50 where nothing is said."));
            add(operation, query("after", "Where a former page said that the list goes on: follow its next."));
        }
    }

    /** What is changed in place is changed on a condition; an order may have one. */
    private static void conditions(String path, PathItem.HttpMethod method, Operation operation) {
        boolean demanded = method == PathItem.HttpMethod.PUT
                || method == PathItem.HttpMethod.PATCH
                || method == PathItem.HttpMethod.DELETE;
        boolean order = method == PathItem.HttpMethod.POST && path.contains("{");
        if (demanded || order) {
            Parameter condition = OASFactory.createParameter()
                    .name("If-Match")
                    .in(Parameter.In.HEADER)
                    .required(demanded)
                    .description("The ETag of what is to be changed, or * for whatever is there.")
                    .schema(text());
            add(operation, condition);
            answer(operation, "412", "It was changed meanwhile");
        }
        if (demanded) {
            answer(operation, "428", "The request says no If-Match");
        }
    }

    /** Unless the resource says it itself. */
    private static void add(Operation operation, Parameter parameter) {
        boolean said = Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .anyMatch(other -> parameter.getName().equals(other.getName()));
        if (!said) {
            operation.addParameter(parameter);
        }
    }

    private static boolean listed(Operation operation) {
        return Optional.ofNullable(operation.getResponses().getAPIResponse("200"))
                .map(APIResponse::getContent)
                .map(content -> content.getMediaType(JsonBody.JSON))
                .map(MediaType::getSchema)
                .map(Schema::getRef)
                .filter(ref -> ref.endsWith("Page"))
                .isPresent();
    }

    private static Parameter query(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .description(description)
                .schema(text());
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static void answer(Operation operation, String status, String what) {
        if (operation.getResponses().hasAPIResponse(status)) {
            return;
        }
        Content problem = OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(PROBLEM)));
        APIResponse response = OASFactory.createAPIResponse().description(what).content(problem);
        if (status.equals("401") || status.equals("403")) {
            Header challenge =
                    OASFactory.createHeader().description("What would do").schema(text());
            response.addHeader("WWW-Authenticate", challenge);
        }
        operation.getResponses().addAPIResponse(status, response);
    }
}
