package io.jeton.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole row, written anew or for the first time by one statement; where it was there already, its version grows.
 *
 * @param table with the columns {@code id}, its primary key, and {@code version}
 * @param columns what to write, by column, {@code id} among them; the same columns in the same order for each row
 */
public record VersionedRow(String table, Map<String, @Nullable Object> columns) {
    private String statement() {
        String parameters =
                IntStream.rangeClosed(1, columns.size()).mapToObj(i -> "$" + i).collect(Collectors.joining(", "));
        String changes = columns.keySet().stream()
                .filter(column -> !column.equals("id"))
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return "insert into %1$s as t (%2$s) values (%3$s) on conflict (id) do update set %4$s, version = t.version + 1 returning *"
                .formatted(table, String.join(", ", columns.keySet()), parameters, changes);
    }

    private Tuple parameters() {
        return Tuple.from(new ArrayList<>(columns.values()));
    }

    /** Writes the row; what it is then. */
    public Uni<Row> write(SqlConnection tx) {
        return tx.preparedQuery(statement()).execute(parameters()).map(rows -> rows.iterator()
                .next());
    }

    /** Writes several rows of one table, all at once. */
    public static Uni<Void> write(SqlConnection tx, List<VersionedRow> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(rows.get(0).statement())
                        .executeBatch(
                                rows.stream().map(VersionedRow::parameters).toList())
                        .replaceWithVoid();
    }
}
