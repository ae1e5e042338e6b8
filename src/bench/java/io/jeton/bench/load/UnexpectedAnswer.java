package io.jeton.bench.load;

/** An answer that a correct run does not hold. */
final class UnexpectedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnexpectedAnswer(String seen) {
        super(seen);
    }
}
