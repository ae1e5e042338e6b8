package io.jeton.declaration;

/** The file cannot even be read. */
final class UnreadableException extends Exception {
    private final transient Problem problem;

    UnreadableException(int line, String sentence) {
        super(sentence);
        this.problem = new Problem(line, sentence);
    }

    Problem problem() {
        return problem;
    }
}
