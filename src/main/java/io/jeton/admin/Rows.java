package io.jeton.admin;

import io.jeton.database.RowCursor;
import java.util.Optional;

/** Where a list of rows goes on. */
final class Rows {
    private Rows() {}

    /** @throws ProblemException where no list goes on there */
    static Optional<RowCursor> after(Query query) {
        return query.after().map(text -> RowCursor.parse(text).orElseThrow(Cursor::unknown));
    }

    static Optional<String> next(Optional<RowCursor> next) {
        return next.map(RowCursor::toString);
    }
}
