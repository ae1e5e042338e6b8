package io.jeton.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole row as it is written, for the first time or anew; anew its version grows.
 *
 * @param table with the columns {@code id}, its primary key, and those of {@link #ADDED}
 * @param columns what to write, by column, {@code id} first; the same columns in the same order for each row of the table
 */
public record VersionedRow(String table, Map<String, @Nullable Object> columns) {
    /** What the database adds to what is written. */
    public static final String ADDED = "version, created_at, updated_at";

    /** What the database has of such a row, as a statement names it. */
    public String selected() {
        return names() + ", " + ADDED;
    }

    /** Writes it for the first time; what it is then. */
    public Uni<Row> insert(SqlConnection tx) {
        return write(tx, insertion());
    }

    /** Writes it anew; what it is then. */
    public Uni<Row> update(SqlConnection tx) {
        return write(tx, change());
    }

    /** Writes several of one table for the first time. */
    public static Uni<Void> insert(SqlConnection tx, List<VersionedRow> rows) {
        return write(tx, rows, VersionedRow::insertion);
    }

    /** Writes several of one table anew. */
    public static Uni<Void> update(SqlConnection tx, List<VersionedRow> rows) {
        return write(tx, rows, VersionedRow::change);
    }

    private Uni<Row> write(SqlConnection tx, String statement) {
        return tx.preparedQuery(statement).execute(parameters()).map(rows -> rows.iterator()
                .next());
    }

    private static Uni<Void> write(
            SqlConnection tx, List<VersionedRow> rows, Function<VersionedRow, String> statement) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(statement.apply(rows.get(0)))
                        .executeBatch(
                                rows.stream().map(VersionedRow::parameters).toList())
                        .replaceWithVoid();
    }

    private String insertion() {
        String parameters =
                IntStream.rangeClosed(1, columns.size()).mapToObj(i -> "$" + i).collect(Collectors.joining(", "));
        return "insert into %s (%s) values (%s) returning %s".formatted(table, names(), parameters, selected());
    }

    private String change() {
        List<String> all = List.copyOf(columns.keySet());
        String changes = IntStream.range(1, all.size())
                .mapToObj(i -> all.get(i) + " = $" + (i + 1))
                .collect(Collectors.joining(", "));
        return "update %s set %s, version = version + 1 where id = $1 returning %s"
                .formatted(table, changes, selected());
    }

    private String names() {
        return String.join(", ", columns.keySet());
    }

    private Tuple parameters() {
        return Tuple.from(new ArrayList<>(columns.values()));
    }

    /** Without what is written: hashes of secrets are among it. */
    @Override
    public String toString() {
        return table + "[" + columns.get("id") + "]";
    }
}
