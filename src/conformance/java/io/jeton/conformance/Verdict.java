package io.jeton.conformance;

/** What came of a case. */
public sealed interface Verdict {
    record Passed() implements Verdict {}

    /** @param seen what the server did instead; never a token, a code or a secret */
    record Failed(String seen) implements Verdict {}

    /** @param why the server does not offer it, or it cannot be seen from outside */
    record Skipped(String why) implements Verdict {}

    static Verdict passed() {
        return new Passed();
    }

    static Verdict failed(String seen) {
        return new Failed(seen);
    }

    static Verdict skipped(String why) {
        return new Skipped(why);
    }

    /** Passed where this holds. */
    static Verdict of(boolean holds, String seenOtherwise) {
        return holds ? passed() : failed(seenOtherwise);
    }
}
