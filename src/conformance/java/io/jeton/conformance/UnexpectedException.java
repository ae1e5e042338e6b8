package io.jeton.conformance;

/** On the way to what a case checks, the server did something else. */
final class UnexpectedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnexpectedException(String seen) {
        super(seen);
    }
}
