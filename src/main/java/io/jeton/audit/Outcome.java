package io.jeton.audit;

import java.util.Locale;

/** How it ended. */
public enum Outcome {
    SUCCESS,
    REFUSED;

    /** The name in the table and in the log. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
