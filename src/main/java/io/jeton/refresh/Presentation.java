package io.jeton.refresh;

/** The outcome of presenting a refresh token. */
sealed interface Presentation {
    /** The token was the newest: its holder has it, and gets the next. */
    record Rotated(int confirmed, int generation) implements Presentation {}

    /** We issued it although the row does not know it, the database being restored from an older state. */
    record Ahead(int confirmed, int generation) implements Presentation {}

    /** The answer was lost: the successor that is already issued goes out once more. */
    record Repeated(int generation) implements Presentation {}

    /** The answer was lost: a new successor replaces the one nobody has used. */
    record Replaced(int generation) implements Presentation {}

    /** The token was used before, and its successor too: somebody else has a copy. */
    record Reused() implements Presentation {}
}
