/**
 * The admin API, {@code /admin}: what operators do with tokens of our own, scope {@code jeton:admin} or
 * {@code jeton:admin:read}. Thin: rules, transactions and the audit trail are the services'. Knows no SQL.
 *
 * <p>A new resource goes through {@link Operations}, which authenticates, limits and times out; reads its body by {@link
 * JsonBody} and its query by {@link Query}; answers by {@link Answers}; refuses by {@link ProblemException}; and says what
 * it does by annotations of OpenAPI, which a test demands.
 */
@NullMarked
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Jeton admin API",
                        version = "1",
                        description =
                                """
                                For operators and their tools: clients, users, devices, keys and the audit trail.

                                A request carries an access token of this issuer, for this issuer alone, with the scope
                                `jeton:admin`, or `jeton:admin:read` where it only looks; one that is bound to a key (DPoP)
                                comes with its proof. Lists go on at `next`. A change in place needs `If-Match` with the
                                `ETag` of what was read. Every refusal is a problem document (RFC 9457)."""),
        security = @SecurityRequirement(name = "token"),
        components =
                @Components(
                        schemas = @Schema(name = "Problem", implementation = Problem.class),
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "token",
                                        type = SecuritySchemeType.HTTP,
                                        scheme = "bearer",
                                        bearerFormat = "JWT",
                                        description =
                                                "An access token with the scope jeton:admin or, to look,"
                                                        + " jeton:admin:read (RFC 6750).")))
package io.jeton.admin;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
