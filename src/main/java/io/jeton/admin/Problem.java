package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jeton.managed.Violation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused: RFC 9457 §3.
 *
 * @param type what kind of problem this is, where the status alone does not say
 * @param error the error code of RFC 6750 or RFC 6749, where there is one
 * @param matched how many things were concerned, where that were too many
 * @param errors each thing that is wrong with the body
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "Why a request is refused (RFC 9457).")
public record Problem(
        @JsonProperty("type") @Schema(examples = "urn:jeton:problem:changed-meanwhile") @Nullable
        String type,

        @JsonProperty("title") String title,
        @JsonProperty("status") int status,
        @JsonProperty("detail") String detail,
        @JsonProperty("error") @Nullable String error,
        @JsonProperty("matched") @Nullable Long matched,
        @JsonProperty("errors") @Nullable List<Fault> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** A member of the body that breaks a rule, by its JSON Pointer (RFC 6901). */
    @RegisterForReflection
    @Schema(name = "Fault", description = "A member of the body that breaks a rule.")
    public record Fault(
            @JsonProperty("pointer") @Schema(examples = "#/retry_limit")
            String pointer,

            @JsonProperty("detail") @Schema(examples = "must not be negative")
            String detail) {

        static Fault of(Violation violation) {
            return new Fault("#/" + JsonBody.wireName(violation.path()), violation.rule());
        }
    }

    static String title(int status) {
        Response.@Nullable Status known = Response.Status.fromStatusCode(status);
        return known == null
                ? switch (status) {
                    case 422 -> "Unprocessable Content";
                    default -> "Refused";
                }
                : known.getReasonPhrase();
    }
}
