package io.jeton.jose;

import java.io.Serial;

/** A token is not what its reader expects. The reason is a fixed sentence, fit for {@code error_description}. */
public final class InvalidJwtException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidJwtException(String reason) {
        // An answer, not a fault: nobody reads its stack trace.
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
