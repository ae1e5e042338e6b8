package io.jeton.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** RFC 6749 §5.2. */
@RegisterForReflection
public record ErrorDocument(
        @JsonProperty("error") String error,
        @JsonProperty("error_description") String description) {}
