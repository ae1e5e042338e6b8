package io.jeton.user;

import java.io.Serial;

/** A form that does not come from a page we gave to this browser. */
public final class ForgedFormException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ForgedFormException(String reason) {
        super(reason, null, false, false);
    }
}
