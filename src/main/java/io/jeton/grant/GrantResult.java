package io.jeton.grant;

import io.jeton.protocol.ErrorCode;

/** What a grant says. A refusal is a value, not an exception: what it changed in the database must stay. */
public sealed interface GrantResult {
    record Granted(Authorization authorization) implements GrantResult {}

    /** @param description a fixed sentence for {@code error_description} */
    record Refused(ErrorCode error, String description) implements GrantResult {}

    static GrantResult invalidGrant(String description) {
        return new Refused(ErrorCode.INVALID_GRANT, description);
    }
}
