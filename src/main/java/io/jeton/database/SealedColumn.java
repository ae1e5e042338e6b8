package io.jeton.database;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.function.Function;

/**
 * A column that holds sealed values. Each is found by whoever seals them all anew.
 *
 * @param id the table's primary key, a text
 * @param others the further columns that the context is made of
 * @param context what a row's value is sealed as
 */
public record SealedColumn(String table, String id, String name, List<String> others, Function<Row, String> context) {
    @Override
    public String toString() {
        return table + "." + name;
    }
}
