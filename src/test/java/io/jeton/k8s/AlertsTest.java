package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts fire, as Prometheus' own promtool computes them, for what they are there for. */
class AlertsTest {
    private static final Path RULES = Path.of("k8s", "components", "monitoring", "prometheusrule.yaml");
    private static final String FIRST = "offset 15m";

    private final StringBuilder output = new StringBuilder();

    @Test
    void alertsFireForWhatTheyAreThereFor() throws Exception {
        assertEquals(0, play("alerts", Files.readString(RULES)), output::toString);
    }

    @Test
    void theyWouldNotIfAFirstEventWereNoIncrease() throws Exception {
        String rules = Files.readString(RULES);
        assertTrue(rules.contains(FIRST));
        assertNotEquals(0, play("alerts-without", rules.replace(FIRST, "offset 0m")), output::toString);
    }

    private int play(String folder, String rules) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
                "skipped: no promtool, which comes with Debian's prometheus");
        Path scratch = Files.createDirectories(Path.of("target", "k8s", folder));
        YAMLMapper yaml = new YAMLMapper();
        yaml.writeValue(
                scratch.resolve("rules.yaml").toFile(), yaml.readTree(rules).path("spec"));
        try (InputStream cases = AlertsTest.class.getResourceAsStream("alerts.yaml")) {
            Files.copy(cases, scratch.resolve("cases.yaml"), StandardCopyOption.REPLACE_EXISTING);
        }
        Process process = new ProcessBuilder("promtool", "test", "rules", "cases.yaml")
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .start();
        output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return process.waitFor();
    }
}
