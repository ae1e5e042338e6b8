package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.device.fleet.EnrolmentReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of an import; where nothing did, a problem (RFC 9457 §3) with the same members. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Enrolment", description = "What became of an import. Of a problem: type, title, status and detail too.")
record EnrolmentDocument(
        @Nullable String type,
        @Nullable String title,
        @Nullable Integer status,
        @Nullable String detail,

        @Schema(description = "How many devices there are more.")
        int imported,

        @Schema(description = "How many lines said what was known already.")
        int identical,

        @Schema(description = "How many lines are bad.") int badLines,
        @Schema(description = "The first hundred of them.") List<BadLine> bad) {
    private static final int REFUSED = 422;

    /** What is wrong with a line. */
    @RegisterForReflection
    @Schema(name = "BadLine", description = "What is wrong with a line.")
    record BadLine(
            @Schema(description = "Its number, from 1; 0 where it is the whole file.")
            int line,

            String reason) {}

    static EnrolmentDocument of(EnrolmentReport report) {
        List<BadLine> bad = report.bad().stream()
                .map(line -> new BadLine(line.number(), line.reason()))
                .toList();
        boolean refused = !report.applied();
        return new EnrolmentDocument(
                refused ? "urn:jeton:problem:bad-lines" : null,
                refused ? Problem.title(REFUSED) : null,
                refused ? REFUSED : null,
                refused ? "the file has bad lines, and nothing was imported" : null,
                report.imported(),
                report.identical(),
                report.badLines(),
                bad);
    }
}
