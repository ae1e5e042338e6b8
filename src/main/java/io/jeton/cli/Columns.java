package io.jeton.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Documents as people read them: one as lines, many as a table. */
@ApplicationScoped
final class Columns {
    private static final String GAP = "  ";

    private final ObjectMapper json;

    Columns(ObjectMapper json) {
        this.json = json;
    }

    /** Each member of a document on its line. */
    String lines(Object document) {
        List<List<String>> rows = new ArrayList<>();
        flatten("", json.valueToTree(document), rows);
        return align(rows);
    }

    /** Some members of documents, one document on each line. */
    String table(List<?> documents, String... members) {
        Stream<List<String>> head = Stream.of(List.of(members));
        Stream<List<String>> rows = documents.stream().map(document -> {
            JsonNode node = json.valueToTree(document);
            return Stream.of(members).map(member -> word(node.path(member))).toList();
        });
        return align(Stream.concat(head, rows).toList());
    }

    /** In columns as wide as they need to be. */
    static String align(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns)
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(i ->
                                row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static void flatten(String name, JsonNode node, List<List<String>> rows) {
        if (!node.isObject()) {
            rows.add(List.of(name, word(node)));
            return;
        }
        node.properties()
                .forEach(member -> flatten(
                        name.isEmpty() ? member.getKey() : name + "." + member.getKey(), member.getValue(), rows));
    }

    private static String word(JsonNode node) {
        if (node instanceof ArrayNode list) {
            return StreamSupport.stream(list.spliterator(), false)
                    .map(Columns::word)
                    .collect(Collectors.joining(" "));
        }
        String text =
                node.isMissingNode() || node.isNull() ? "-" : node.isValueNode() ? node.asText() : node.toString();
        return Printable.word(text);
    }
}
