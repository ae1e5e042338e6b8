package io.jeton.cli;

/** How a command ends, for scripts. */
enum ExitCode {
    DONE(0),
    /** Refused, failed, or a check found something broken. */
    FAILED(1),
    /** The command line itself was wrong. */
    USAGE(2);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
