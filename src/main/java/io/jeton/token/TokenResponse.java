package io.jeton.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * RFC 6749 §5.1.
 *
 * @param refreshTokenExpiresIn seconds the refresh token may lie unused, so that a device can plan
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("scope") @Nullable String scope,
        @JsonProperty("refresh_token") @Nullable String refreshToken,
        @JsonProperty("refresh_token_expires_in") @Nullable Long refreshTokenExpiresIn,
        @JsonProperty("id_token") @Nullable String idToken) {

    /** Without the tokens. */
    @Override
    public String toString() {
        return "TokenResponse[" + scope + "]";
    }
}
