package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.keys.KeyTimetable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key on the wire, without its secret. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Key", description = "A key, without its secret.")
public record KeyDocument(
        String kid,

        @Schema(
                description = "HMAC seals refresh tokens and codes, and is never published.",
                enumeration = {"ES256", "RS256", "EdDSA", "HMAC"})
        String algorithm,

        @Schema(
                description = "pending: published, does not sign yet; retired: verifies what it signed.",
                enumeration = {"pending", "active", "retired"})
        String state,

        Instant publishedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt,

        @Schema(description = "When the last token that it signed has surely expired, so that it is deleted.") @Nullable
        Instant retainedUntil) {

    /** The keys of one algorithm. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "Timetable", description = "The keys of an algorithm, and when the next one takes over.")
    public record Timetable(
            String algorithm,

            @Schema(description = "When the next key takes over by itself.") @Nullable
            Instant nextRotationAt,

            @Schema(description = "From when on it can be told to: until then verifiers may not know it.") @Nullable
            Instant rotatableFrom,

            List<KeyDocument> keys) {

        public static Timetable of(KeyTimetable.Line line) {
            Instant ready = line.readyAt().orElse(null);
            return new Timetable(
                    line.algorithm().value(),
                    line.dueAt()
                            .map(due -> ready != null && ready.isAfter(due) ? ready : due)
                            .orElse(null),
                    ready,
                    line.keys().stream().map(key -> KeyDocument.of(line, key)).toList());
        }
    }

    /** All keys there are. */
    @RegisterForReflection
    @Schema(name = "Keys", description = "All keys, by algorithm.")
    public record All(List<Timetable> timetables) {}

    static KeyDocument of(KeyTimetable.Line line, KeyTimetable.Entry key) {
        return new KeyDocument(
                key.kid(),
                line.algorithm().value(),
                key.state().toLowerCase(Locale.ROOT),
                key.publishedAt(),
                key.activatedAt().orElse(null),
                key.retiredAt().orElse(null),
                key.retainedUntil().orElse(null));
    }
}
