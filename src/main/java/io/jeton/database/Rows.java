package io.jeton.database;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a statement answered. */
public final class Rows {
    private Rows() {}

    /** The first row, of a statement that finds one at the most. */
    public static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
        var found = rows.iterator();
        return found.hasNext() ? Optional.of(reader.apply(found.next())) : Optional.empty();
    }

    /** All rows, in their order. */
    public static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reader) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(reader.apply(row)));
        return all;
    }
}
