package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A command in a Job of its own reaches what a replica reaches, and is taken for none. */
class JobTest {
    private static final Path FOLDER = Path.of("target", "k8s");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aCommandRunsAsTheReplicasDoAndIsNoneOfThem() throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        Manifest deployment = deployment(production);
        Manifest job = job(deployment, Map.of(), "keys", "rewrap", "--report");
        JsonNode pod = job.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        JsonNode replica = deployment.at("/spec/template/spec/containers/0");
        assertEquals(
                List.of("jeton", "keys", "rewrap", "--report"),
                JSON.convertValue(container.path("command"), List.class));
        for (String same : List.of("image", "env", "volumeMounts", "securityContext", "resources")) {
            assertEquals(replica.get(same), container.get(same), same);
        }
        for (String same :
                List.of("securityContext", "volumes", "serviceAccountName", "automountServiceAccountToken")) {
            assertEquals(deployment.at("/spec/template/spec").get(same), pod.get(same), same);
        }
        assertEquals("Never", pod.path("restartPolicy").asText());
        assertFalse(Stream.of("ports", "startupProbe", "readinessProbe", "livenessProbe")
                .anyMatch(container::has));
        assertEquals(List.of(), new SchemaCheck().problems(job));
    }

    @Test
    void noServiceLeadsToItAndThePoliciesLetItReachTheDatabase() throws Exception {
        for (String overlay : List.of("production", "dev")) {
            List<Manifest> manifests = Kustomize.overlay(overlay);
            JsonNode labels = job(deployment(manifests), Map.of(), "doctor").at("/spec/template/metadata/labels");
            for (Manifest manifest : manifests) {
                switch (manifest.kind()) {
                    case "Service" -> assertFalse(selects(manifest.at("/spec/selector"), labels), manifest::toString);
                    case "PodDisruptionBudget", "Deployment" ->
                        assertFalse(selects(manifest.at("/spec/selector/matchLabels"), labels), manifest::toString);
                    default -> {
                        // Selects no pods, or is a policy.
                    }
                }
            }
            assertTrue(selects(policy(manifests, "jeton").at("/spec/podSelector/matchLabels"), labels), overlay);
            assertTrue(
                    selects(
                            policy(manifests, "jeton-postgres").at("/spec/ingress/0/from/0/podSelector/matchLabels"),
                            labels),
                    overlay);
        }
    }

    @Test
    void aMigrationBeforeARollOutTakesTheNewImage() throws Exception {
        Manifest job = job(deployment(Kustomize.overlay("production")), Map.of("IMAGE", "jeton:0.2.0"), "migrate");
        assertEquals(
                "jeton:0.2.0", job.at("/spec/template/spec/containers/0/image").asText());
    }

    private static boolean selects(JsonNode wanted, JsonNode labels) {
        assertTrue(wanted.isObject() && !wanted.isEmpty());
        return wanted.properties().stream().allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }

    private static Manifest deployment(List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> manifest.is("Deployment"))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest policy(List<Manifest> manifests, String name) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.is("NetworkPolicy") && manifest.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest job(Manifest deployment, Map<String, String> variables, String... command)
            throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jq"))),
                "skipped: no jq");
        Files.createDirectories(FOLDER);
        Path input = Files.writeString(
                FOLDER.resolve("deployment.json"), deployment.json().toString());
        List<String> words =
                Stream.concat(Stream.of("k8s/job"), Stream.of(command)).toList();
        ProcessBuilder script =
                new ProcessBuilder(words).redirectInput(input.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        script.environment().putAll(variables);
        Process process = script.start();
        JsonNode job = JSON.readTree(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor());
        return new Manifest((ObjectNode) job);
    }
}
