package io.jeton.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.user.AccountSpecification;
import io.jeton.user.RegisteredAccount;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A person's account on the wire. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "User", description = "A person who may sign in, and approve devices.")
public record UserDocument(
        @Schema(readOnly = true) UUID id,

        @Schema(description = "What the person signs in with.", examples = "alice")
        String name,

        @Schema(description = "Whether the person may sign in, and what was approved works.", defaultValue = "true")
        boolean enabled,

        @Schema(description = "admin may approve what opens the admin API.", examples = "[\"admin\"]")
        List<String> roles,

        @Schema(
                readOnly = true,
                description = "Who describes it.",
                enumeration = {"api", "configuration", "declaration"})
        String source,

        @Schema(
                readOnly = true,
                description = "Whether its source still declares it, so that it is changed there alone.")
        boolean declared,

        @Schema(readOnly = true) Instant createdAt,
        @Schema(readOnly = true) Instant updatedAt) {

    private static final List<String> READ_ONLY = List.of("id", "source", "declared", "created-at", "updated-at");

    public static UserDocument of(RegisteredAccount account) {
        return new UserDocument(
                account.id(),
                account.name(),
                account.specification().enabled(),
                account.specification().roles(),
                Wire.word(account.source()),
                account.declared(),
                account.createdAt(),
                account.updatedAt());
    }

    /** What a request describes. */
    public static AccountSpecification read(JsonBody body) {
        AccountSpecification account = new AccountSpecification(
                body.text("name").orElse(""),
                body.flag("enabled").orElse(true),
                body.texts("roles").orElse(List.of()));
        body.ignore(READ_ONLY);
        body.check();
        return account;
    }
}
