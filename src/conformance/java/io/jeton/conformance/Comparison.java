package io.jeton.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Several servers' reports side by side, for people. */
record Comparison(List<Column> columns) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGIN = "<!-- From here to the end mark: java -jar conformance-kit.jar --compare -->";
    private static final String END = "<!-- End mark -->";

    /** A server and what came of its run. */
    record Column(String name, List<JsonNode> cases) {
        /** @param argument {@code name=report.json} */
        static Column of(String argument) throws IOException {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("not a name=report.json: " + argument);
            }
            JsonNode cases = JSON.readTree(Files.readString(Path.of(parts[1]))).path("cases");
            return new Column(
                    parts[0], StreamSupport.stream(cases.spliterator(), false).toList());
        }

        List<String> questions() {
            return cases.stream().map(Comparison::question).toList();
        }

        String count(Level level) {
            long all = number(level, "passed") + number(level, "failed");
            long skipped = number(level, "skipped");
            return number(level, "passed") + " of " + all + (skipped > 0 ? " (" + skipped + " skipped)" : "");
        }

        private long number(Level level, String verdict) {
            return cases.stream()
                    .filter(one -> text(one, "level").equals(level.name()))
                    .filter(one -> text(one, "verdict").equals(verdict))
                    .count();
        }
    }

    /** @throws IllegalArgumentException where they are not reports of the same cases: those say nothing of each other */
    static Comparison of(List<String> arguments) throws IOException {
        List<Column> columns = new ArrayList<>();
        for (String argument : arguments) {
            Column column = Column.of(argument);
            if (!columns.isEmpty() && !columns.get(0).questions().equals(column.questions())) {
                throw new IllegalArgumentException(column.name() + " was asked other cases than "
                        + columns.get(0).name() + ": play both again");
            }
            columns.add(column);
        }
        return new Comparison(columns);
    }

    /** The file with this in it: what people wrote before and after the two marks stays. */
    String into(String file) {
        int begin = file.indexOf(BEGIN);
        int end = file.indexOf(END);
        String made = BEGIN + "\n\n" + markdown() + "\n" + END;
        return begin < 0 || end < begin
                ? made + "\n"
                : file.substring(0, begin) + made + file.substring(end + END.length());
    }

    String markdown() {
        return summary()
                + section("What was seen where the answer is no", refusals())
                + section("What was skipped, and why", skipped())
                + section("Every case", everyCase());
    }

    private static String section(String title, String lines) {
        return lines.isEmpty() ? "" : "\n## " + title + "\n\n" + lines;
    }

    private String summary() {
        return columns.stream()
                .map(column -> "| %s | %s | %s | %s |\n"
                        .formatted(
                                column.name(),
                                column.count(Level.MUST),
                                column.count(Level.SHOULD),
                                column.count(Level.PRACTICE)))
                .collect(Collectors.joining("", "| | MUST | SHOULD | PRACTICE |\n| --- | --: | --: | --: |\n", ""));
    }

    private String refusals() {
        StringBuilder lines = new StringBuilder();
        for (Column column : columns) {
            column.cases().stream()
                    .filter(one -> text(one, "verdict").equals("failed"))
                    .forEach(one -> lines.append("- %s, %s (%s): %s: seen was %s\n"
                            .formatted(
                                    column.name(),
                                    text(one, "section"),
                                    text(one, "level"),
                                    text(one, "title"),
                                    text(one, "detail"))));
        }
        return lines.toString();
    }

    /** One line for each reason. */
    private String skipped() {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (Column column : columns) {
            for (JsonNode one : column.cases()) {
                if (text(one, "verdict").equals("skipped")) {
                    reasons.merge(column.name() + ": " + text(one, "detail"), 1, Integer::sum);
                }
            }
        }
        return reasons.entrySet().stream()
                .map(reason -> "- %s (%d)\n".formatted(reason.getKey(), reason.getValue()))
                .collect(Collectors.joining());
    }

    private String everyCase() {
        StringBuilder table = new StringBuilder("| section | level | the server does this |");
        columns.forEach(column -> table.append(" %s |".formatted(column.name())));
        table.append("\n| --- | --- | --- |")
                .append(" --- |".repeat(columns.size()))
                .append('\n');
        for (int i = 0; i < columns.get(0).cases().size(); i++) {
            table.append(question(columns.get(0).cases().get(i)));
            for (Column column : columns) {
                table.append(" %s |".formatted(answer(column.cases().get(i))));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String question(JsonNode one) {
        return "| %s | %s | %s |".formatted(text(one, "section"), text(one, "level"), text(one, "title"));
    }

    private static String answer(JsonNode one) {
        return switch (text(one, "verdict")) {
            case "passed" -> "yes";
            case "failed" -> "**no**";
            default -> "–";
        };
    }

    private static String text(JsonNode one, String member) {
        return one.path(member).asText("").replace('|', '/');
    }
}
