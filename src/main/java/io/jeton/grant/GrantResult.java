package io.jeton.grant;

import io.jeton.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** What a grant says. A refusal is a value, not an exception: what it changed in the database must stay. */
public sealed interface GrantResult {
    record Granted(Authorization authorization) implements GrantResult {}

    /**
     * @param description a fixed sentence for {@code error_description}
     * @param retryAfter when the same request may succeed (RFC 9110 §10.2.3), where that is known
     */
    record Refused(ErrorCode error, String description, Optional<Duration> retryAfter) implements GrantResult {
        public Refused(ErrorCode error, String description) {
            this(error, description, Optional.empty());
        }
    }

    static GrantResult invalidGrant(String description) {
        return new Refused(ErrorCode.INVALID_GRANT, description);
    }
}
