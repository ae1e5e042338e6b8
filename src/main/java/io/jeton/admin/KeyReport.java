package io.jeton.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key, and whom it concerns when it goes before its time. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "KeyReport", description = "A key, and whom it concerns when it goes before its time.")
public record KeyReport(
        KeyDocument key,
        @Schema(description = "What its removal means.") Removal removal,

        @Schema(description = "The keys of its algorithm as they are now.")
        KeyDocument.Timetable timetable) {

    /** What it means that a key is taken out. */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "KeyRemoval", description = "What it means that a key is taken out.")
    public record Removal(
            String meaning,

            @Schema(description = "The clients whose access or ID tokens this algorithm signs.")
            List<String> clients,

            @Schema(description = "How many live refresh tokens it sealed: their devices have to be approved again.")
            long refreshTokens,

            @Schema(description = "How long a verifier may go on with the keys it has: ISO 8601.", examples = "PT1H")
            String verifiersLearnWithin) {}
}
