package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds a paragraph on it, and no alert is on a metric that the service has not. */
class RunbookTest {
    private static final Path RULES = Path.of("k8s/components/monitoring/prometheusrule.yaml");
    private static final Path RUNBOOK = Path.of("src/docs/runbook.md");
    private static final Path METRICS = Path.of("src/docs/guides/observe.md");

    @Test
    void everyAlertHasAParagraphAndPointsToIt() throws IOException {
        Set<String> alerts = found("- alert: (\\w+)", RULES);
        assertFalse(alerts.isEmpty());
        assertEquals(alerts, found("(?m)^## (Jeton\\w+)$", RUNBOOK));
        assertEquals(
                alerts.stream().map(alert -> alert.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
                found("runbook: src/docs/runbook.md#(\\w+)", RULES));
    }

    @Test
    void everyMetricOfAnAlertIsDescribed() throws IOException {
        Set<String> described = found("\\b(jeton_\\w+)", METRICS);
        assertFalse(described.isEmpty());
        Set<String> used = found("\\b(jeton_\\w+)", RULES);
        used.removeAll(described);
        assertEquals(Set.of(), used);
    }

    /** There may be several installations: what is told of one must not be covered up by another. */
    @Test
    void everyAlertSaysOfWhichInstallationItIs() throws IOException {
        for (String expression : new YAMLMapper().readTree(RULES.toFile()).findValuesAsText("expr")) {
            assertTrue(
                    expression.contains("by (namespace")
                            || expression.strip().equals("up{job=\"jeton-management\"} == 0"),
                    expression);
        }
    }

    /** A counter that appears with its first event has not increased, says PromQL. */
    @Test
    void theFirstAnswerWith500IsToldToo() throws IOException {
        Set<String> failures = found("(?s)- alert: JetonFails\n(.*?)- alert: ", RULES);
        assertEquals(1, failures.size());
        assertTrue(failures.iterator()
                .next()
                .replaceAll("\\s+", " ")
                .contains("unless http_server_requests_seconds_count"));
    }

    @Test
    void everyCommandNamesTheNamespace() throws IOException {
        assertFalse(found("(kubectl -n jeton )", RUNBOOK).isEmpty());
        assertEquals(Set.of(), found("(kubectl (?!-n jeton )[^`\n]*)", RUNBOOK));
    }

    private static Set<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
