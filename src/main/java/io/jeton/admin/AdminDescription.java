package io.jeton.admin;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the description of the API, {@code /admin/openapi.json}, says of the whole. */
@OpenAPIDefinition(
        info = @Info(title = "Jeton admin API", version = "1", description = """
                                For operators and their tools: clients, users, devices, keys and the audit trail.

                                A request carries an access token of this issuer, for this issuer alone, with the scope
                                `jeton:admin`, or `jeton:admin:read` where it only looks; one that is bound to a key (DPoP)
                                comes with its proof. Lists go on at `next`. A change in place needs `If-Match` with the
                                `ETag` of what was read. Every refusal is a problem document (RFC 9457)."""),
        security = @SecurityRequirement(name = "token"),
        components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)))
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An access token with the scope jeton:admin or, to look, jeton:admin:read (RFC 6750).")
final class AdminDescription {}
