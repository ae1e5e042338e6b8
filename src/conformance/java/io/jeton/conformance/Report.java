package io.jeton.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came of a run, for people and for machines. */
record Report(String issuer, List<Line> lines) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Line(Case about, Verdict verdict) {
        /** One word. */
        String word() {
            if (verdict instanceof Verdict.Passed) {
                return "passed";
            }
            return verdict instanceof Verdict.Failed ? "FAILED" : "skipped";
        }

        /** What was seen, or why it was skipped. */
        String detail() {
            if (verdict instanceof Verdict.Failed failed) {
                return failed.seen();
            }
            return verdict instanceof Verdict.Skipped skipped ? skipped.why() : "";
        }
    }

    /** Whether everything that is demanded was met. */
    boolean conforms() {
        return lines.stream()
                .noneMatch(line ->
                        line.about().level() == Level.MUST && line.word().equals("FAILED"));
    }

    String markdown() {
        return lines.stream()
                .map(line -> "| %s | %s | %s | %s | %s |"
                        .formatted(
                                line.about().section(),
                                line.about().level(),
                                line.about().title(),
                                line.word(),
                                line.detail().replace('|', '/')))
                .collect(Collectors.joining(
                        "\n",
                        "| section | level | the server does this | verdict | seen |\n| --- | --- | --- | --- | --- |\n",
                        "\n\n" + summary() + "\n"));
    }

    String json() {
        ObjectNode report = JSON.createObjectNode();
        report.put("issuer", issuer);
        report.put("conforms", conforms());
        ArrayNode cases = report.putArray("cases");
        for (Line line : lines) {
            cases.addObject()
                    .put("section", line.about().section())
                    .put("level", line.about().level().name())
                    .put("title", line.about().title())
                    .put("verdict", line.word().toLowerCase(Locale.ROOT))
                    .put("detail", line.detail());
        }
        return report.toPrettyString() + "\n";
    }

    /** One line. */
    String summary() {
        return "%s: MUST %s, SHOULD %s, PRACTICE %s"
                .formatted(issuer, count(Level.MUST), count(Level.SHOULD), count(Level.PRACTICE));
    }

    private String count(Level level) {
        List<Line> some =
                lines.stream().filter(line -> line.about().level() == level).toList();
        long passed = some.stream().filter(line -> line.word().equals("passed")).count();
        long skipped =
                some.stream().filter(line -> line.word().equals("skipped")).count();
        return passed + " of " + (some.size() - skipped) + (skipped > 0 ? " (" + skipped + " skipped)" : "");
    }
}
