package io.jeton.user;

/** A password was changed while it was found out whether the former one fits: begin again. */
public final class ChangedMeanwhileException extends RuntimeException {
    ChangedMeanwhileException() {
        super("another replica changed a password meanwhile", null, false, false);
    }
}
