package io.jeton.refresh;

/** The outcome of presenting a refresh token. */
sealed interface Presentation {
    /** Another token is issued: what the row holds from now on. */
    record Issued(Why why, int generation, int confirmed, int retries) implements Presentation {}

    /** The answer was lost a moment ago: the successor that is already issued goes out once more. */
    record Repeated() implements Presentation {}

    /** The token was used before, and so was its successor, or its time is over: somebody else has a copy. */
    record Reused() implements Presentation {}

    enum Why {
        /** The newest token came: its holder has it. */
        NEWEST,
        /** We issued it although the row does not know it: the database was restored from an older state. */
        AHEAD,
        /** The answer was lost: a new successor replaces the one nobody has used. */
        RETRY
    }
}
