package io.jeton.bench.load;

/** A run with errors that nothing explains: it is not reported. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String errors) {
        super("the run is refused, there were unexpected answers: " + errors);
    }
}
