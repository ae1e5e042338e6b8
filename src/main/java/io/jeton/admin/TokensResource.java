package io.jeton.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.device.registry.OrderedBy;
import io.jeton.token.AccessTokenRevocation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single access tokens, by their {@code jti}. */
@Path("/admin/tokens/{jti}")
@Tag(
        name = "Tokens",
        description =
                "Single access tokens, by their jti. Whoever asks by introspection, and this service itself, learns of"
                        + " it; the status lists have a place for a grant, and not for a token of it.")
public final class TokensResource {
    private final Operations operations;
    private final AccessTokenRevocation revocations;

    TokensResource(Operations operations, AccessTokenRevocation revocations) {
        this.operations = operations;
        this.revocations = revocations;
    }

    /** An access token that was taken back. */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "RevokedToken", description = "An access token that was taken back.")
    record RevokedToken(
            String jti,

            @Schema(description = "Until when that is remembered: no token of today lives longer.")
            Instant rememberedUntil) {}

    @GET
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "getRevokedToken",
            summary = "See whether a token was taken back",
            description = "404 where it was not: what tokens there are is written nowhere.")
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = RevokedToken.class)))
    public Uni<Response> get(@Context HttpServerRequest http, @PathParam("jti") String jti) {
        return operations.read(http, operation -> answer(checked(jti)));
    }

    @POST
    @Path("/revoke")
    @org.eclipse.microprofile.openapi.annotations.Operation(
            operationId = "revokeToken",
            summary = "Take one access token back",
            description = "And no other: its device gets the next one by refreshing. To end that, revoke the grant.")
    @RequestBody(content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = ReasonDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "As it is now",
            content = @Content(mediaType = JsonBody.JSON, schema = @Schema(implementation = RevokedToken.class)))
    public Uni<Response> revoke(@Context HttpServerRequest http, @PathParam("jti") String jti, byte[] body) {
        return operations.change(http, body, operation -> {
            operation.unversioned();
            OrderedBy by = operation.orderedBy();
            return revocations
                    .revoke(checked(jti), by.actor(), by.from(), Reason.read(operation))
                    .chain(revoked -> answer(jti));
        });
    }

    private Uni<Response> answer(String jti) {
        return revocations
                .find(jti)
                .map(until -> Answers.one(new RevokedToken(jti, until.orElseThrow(ProblemException::notFound))));
    }

    private static String checked(String jti) {
        if (!AccessTokenRevocation.isJti(jti)) {
            throw ProblemException.badRequest("a jti of this issuer has 22 characters of base64url");
        }
        return jti;
    }
}
