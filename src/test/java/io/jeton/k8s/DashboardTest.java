package io.jeton.k8s;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jeton.test.OneReplica;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the dashboard draws, and an alert is on, is a series that the running service has. */
@ServiceTest
@OneReplica("reads the metrics of the replica that it knows")
class DashboardTest {
    private static final Path MONITORING = Path.of("k8s", "components", "monitoring");
    private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!=|!~|=)\"");
    /** Whoever scrapes adds these. */
    private static final Set<String> ADDED = Set.of("job", "namespace", "pod");

    private static final String OURS = "job=\"jeton-management\"";
    private static final Pattern OF_OTHERS = Pattern.compile("up|(cnpg|barman_cloud|certmanager)_\\w+");

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void everyPanelDrawsWhatTheServiceHas() throws IOException {
        assertExported(dashboard().path("panels").findValuesAsText("expr"));
    }

    @Test
    void everyAlertIsOnWhatTheServiceHas() throws IOException {
        JsonNode rules = new YAMLMapper()
                .readTree(MONITORING.resolve("prometheusrule.yaml").toFile());
        assertExported(rules.findValuesAsText("expr"));
    }

    @Test
    void panelsHaveNumbersOfTheirOwnAndAskTheSourceThatIsChosen() throws IOException {
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard().path("panels")) {
            assertTrue(ids.add(panel.path("id").asInt(-1)), panel::toString);
            if (!panel.path("type").asText().equals("row")) {
                assertEquals("${datasource}", panel.at("/datasource/uid").asText(), panel::toString);
                assertTrue(
                        panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt() <= 24, panel::toString);
            }
        }
        assertEquals("datasource", dashboard().at("/templating/list/0/name").asText());
        assertEquals("datasource", dashboard().at("/templating/list/0/type").asText());
    }

    private void assertExported(List<String> expressions) {
        assertFalse(expressions.isEmpty());
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        device.refresh(device.redeem()).then().statusCode(200);
        List<String> exported = given().get(metrics).asString().lines().toList();
        Set<String> missing = new TreeSet<>();
        for (String expression : expressions) {
            List<MatchResult> selectors = SELECTOR.matcher(expression).results().toList();
            assertFalse(selectors.isEmpty(), expression);
            for (MatchResult selector : selectors) {
                if (!isExported(selector.group(1), selector.group(2), exported)) {
                    boolean unused = missing.add(selector.group());
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    /** With every label it is selected by. */
    private static boolean isExported(String metric, String labels, List<String> exported) {
        if (OF_OTHERS.matcher(metric).matches()) {
            return metric.equals("up") || !labels.contains(OURS);
        }
        return labels.contains(OURS)
                && exported.stream()
                        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                        .anyMatch(line -> LABEL.matcher(labels)
                                .results()
                                .map(label -> label.group(1))
                                .allMatch(label -> ADDED.contains(label) || line.contains(label + "=\"")));
    }

    private static JsonNode dashboard() throws IOException {
        return JsonMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readTree(MONITORING.resolve("dashboard.json").toFile());
    }
}
