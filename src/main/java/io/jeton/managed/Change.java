package io.jeton.managed;

import java.util.List;

/** What came of a change that somebody asked for. Everything but {@link Done} means that nothing was changed. */
public sealed interface Change<T> {
    /** It is done. */
    record Done<T>(T value) implements Change<T> {}

    /** The description breaks rules: all of them. */
    record Invalid<T>(List<Violation> violations) implements Change<T> {}

    /** There is no such thing. */
    record NotFound<T>() implements Change<T> {}

    /** There is one already. */
    record AlreadyExists<T>() implements Change<T> {}

    /** It was changed meanwhile: RFC 9110 §13.1.1, {@code If-Match}. */
    record OtherVersion<T>(long version) implements Change<T> {}

    /** It is declared elsewhere, and the next reconciliation would undo the change: change it there. */
    record DeclaredElsewhere<T>(Source source) implements Change<T> {}
}
