package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

    private static Set<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
