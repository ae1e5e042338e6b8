package io.jeton.admin;

import io.jeton.user.AccountService;
import io.jeton.user.AccountSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The people there are. */
@Path(UsersResource.PATH)
@Tag(name = UsersResource.TAG, description = "Who may sign in and approve devices.")
public final class UsersResource {
    static final String PATH = "/admin/users";
    static final String TAG = "Users";
    public static final String TAKEN = "there is a user of this name already";

    private final Operations operations;
    private final Answers answers;
    private final AccountService accounts;

    UsersResource(Operations operations, Answers answers, AccountService accounts) {
        this.operations = operations;
        this.answers = answers;
        this.accounts = accounts;
    }

    /** A user that is new. */
    @Schema(name = "NewUser")
    record NewUser(
            @Schema(examples = "alice") String name,

            @Schema(description = "8 to 1024 characters; stored as a slow hash.")
            String password,

            @Schema(defaultValue = "true") boolean enabled,
            @Schema(examples = "[\"admin\"]") List<String> roles) {}

    private record Described(AccountSpecification account, String password) {}

    @GET
    @Operation(operationId = "listUsers", summary = "List users, by name")
    @Parameter(name = "q", in = ParameterIn.QUERY, description = "What the name contains, in whatever case.")
    @APIResponse(
            responseCode = "200",
            description = "A part of the list",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserPage.class)))
    public Uni<Response> list(@Context HttpServerRequest http) {
        return operations.read(http, operation -> accounts.list(
                        operation.query("limit", "after", "q").page())
                .map(page -> answers.page(
                        http, page.items().stream().map(UserDocument::of).toList(), page.next())));
    }

    @POST
    @Operation(operationId = "createUser", summary = "Register a user")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = JsonBody.JSON,
                            schema = @Schema(implementation = NewUser.class),
                            example = "{\"name\": \"alice\", \"password\": \"a sentence that nobody guesses\"}"))
    @APIResponse(
            responseCode = "201",
            description = "The user is registered",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = UserDocument.class)))
    public Uni<Response> create(@Context HttpServerRequest http, byte[] body) {
        return operations.change(http, body, operation -> {
            Described user = described(operation.body());
            return accounts.create(operation.author(), user.account, user.password)
                    .map(change -> Answers.done(change, TAKEN))
                    .map(account ->
                            answers.created(PATH + "/" + account.id(), UserDocument.of(account), account.version()));
        });
    }

    private static Described described(JsonBody body) {
        String password = body.text("password").orElse("");
        return new Described(UserDocument.read(body), password);
    }
}
