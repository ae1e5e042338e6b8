package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What went along with what was deleted. */
@RegisterForReflection
@Schema(name = "Deleted")
record DeletedDocument(
        @JsonProperty("devices") @Schema(description = "How many devices went along.")
        long devices) {}
