package io.jeton.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param level ok, warn or fail
 * @param hint how to mend it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record Finding(
        String check, String level, String says, @Nullable String hint) {
    private static final String OK = "ok";
    private static final String WARN = "warn";
    private static final String FAIL = "fail";

    static Finding ok(String check, String says) {
        return new Finding(check, OK, says, null);
    }

    static Finding warn(String check, String says, String hint) {
        return new Finding(check, WARN, says, hint);
    }

    static Finding fail(String check, String says, String hint) {
        return new Finding(check, FAIL, says, hint);
    }

    /** The same, without what nobody is to read. */
    Finding hiding(Secrets secrets) {
        return new Finding(check, level, secrets.hide(says), hint);
    }

    boolean failed() {
        return level.equals(FAIL);
    }
}
