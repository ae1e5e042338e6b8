package io.jeton.device.fleet;

import java.io.Serial;

/** A line of an import is refused: the message says why. Never leaves the parser. */
final class BadLineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BadLineException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
