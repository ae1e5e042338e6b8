package io.jeton.cli;

/**
 * What a command answers.
 *
 * @param document for {@code --json}: what Jackson can write
 * @param text for people
 */
record Answer(Object document, String text, ExitCode exitCode) {
    static Answer done(Object document, String text) {
        return new Answer(document, text, ExitCode.DONE);
    }
}
