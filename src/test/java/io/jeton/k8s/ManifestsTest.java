package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay, and the base with any sensible choice of components, builds and is what the API and an operator expect. */
class ManifestsTest {
    private static final List<String> DATABASE = List.of("postgres", "postgres-restore");

    @Test
    void theBaseIsWhatItShouldBe() throws Exception {
        List<Manifest> base = Kustomize.base();
        assertFine(base);
        assertEquals(List.of(), ServiceRules.problemsOfMany(base));
    }

    @Test
    void productionIsWhatItShouldBe() throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        assertFine(production);
        assertEquals(List.of(), ServiceRules.problemsOfMany(production));
        for (String kind :
                List.of("Cluster", "ScheduledBackup", "Gateway", "Certificate", "ServiceMonitor", "PrometheusRule")) {
            assertTrue(production.stream().anyMatch(manifest -> manifest.is(kind)), kind);
        }
    }

    @Test
    void devIsOneReplicaOnADatabaseOfItsOwn() throws Exception {
        List<Manifest> dev = Kustomize.overlay("dev");
        assertFine(dev);
        assertFalse(dev.stream().anyMatch(manifest -> manifest.is("HorizontalPodAutoscaler")));
        assertFalse(dev.stream().anyMatch(manifest -> manifest.is("PodDisruptionBudget")));
    }

    static Stream<List<String>> componentsThatGoTogether() {
        List<List<String>> all = new ArrayList<>();
        for (List<String> database : List.of(List.<String>of(), List.of("postgres"), DATABASE)) {
            for (List<String> way : List.of(
                    List.<String>of(),
                    List.of("gateway"),
                    List.of("ingress"),
                    List.of("gateway", "cert-manager"),
                    List.of("cert-manager", "ingress"))) {
                for (List<String> rest :
                        List.of(List.<String>of(), List.of("monitoring", "tracing"), List.of("external-secrets"))) {
                    all.add(Stream.of(database, way, rest).flatMap(List::stream).toList());
                }
            }
        }
        return all.stream().filter(choice -> !choice.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("componentsThatGoTogether")
    void componentsGoTogether(List<String> components) throws Exception {
        List<Manifest> built = Kustomize.with(components);
        assertFine(built);
        assertEquals(List.of(), ServiceRules.problemsOfMany(built));
    }

    @Test
    void theChallengeComesInByTheIngressWhereThatIsTheWay() throws Exception {
        Manifest issuer = Kustomize.with(List.of("cert-manager", "ingress")).stream()
                .filter(manifest -> manifest.is("Issuer"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "nginx",
                issuer.at("/spec/acme/solvers/0/http01/ingress/ingressClassName")
                        .asText());
        assertTrue(issuer.at("/spec/acme/solvers/0/http01/gatewayHTTPRoute").isMissingNode());
    }

    @Test
    void aRestoreReadsTheFormerArchiveAndWritesAnother() throws Exception {
        Manifest cluster = Kustomize.with(DATABASE).stream()
                .filter(manifest -> manifest.is("Cluster"))
                .findFirst()
                .orElseThrow();
        assertTrue(cluster.at("/spec/bootstrap/initdb").isMissingNode());
        String from = cluster.at("/spec/externalClusters/0/plugin/parameters/serverName")
                .asText();
        String to = cluster.at("/spec/plugins/0/parameters/serverName").asText();
        assertEquals("jeton-postgres", from);
        assertFalse(to.isEmpty() || to.equals(from), to);
        assertEquals(cluster.at("/spec/bootstrap/recovery/source"), cluster.at("/spec/externalClusters/0/name"));
        assertTrue(cluster.at("/spec/imageName").asText().contains("postgresql:18"), cluster::toString);
    }

    /** Nothing else does: the Deployment has no replicas of its own, and the autoscaler leaves none alone. */
    @Test
    void theStepsOfARestoreKeepTheDisksAndBringTheReplicasBack() throws Exception {
        String readme = Files.readString(Path.of("k8s", "README.md"));
        String steps = readme.substring(readme.indexOf("## Restore"), readme.indexOf("## Where Jeton"));
        int least = Kustomize.overlay("production").stream()
                .filter(manifest -> manifest.is("HorizontalPodAutoscaler"))
                .mapToInt(scaler -> scaler.at("/spec/minReplicas").asInt())
                .findFirst()
                .orElseThrow();
        List<String> told = List.of(
                "scale deployment/jeton --replicas=0`",
                "persistentVolumeReclaimPolicy\":\"Retain",
                "delete cluster",
                "scale deployment/jeton --replicas=" + least + "`",
                "base backup now");
        List<Integer> places = told.stream().map(steps::indexOf).toList();
        assertFalse(places.contains(-1), told + " at " + places);
        assertEquals(places.stream().sorted().toList(), places);
    }

    @Test
    void theDashboardIsWhereGrafanaLooks() throws Exception {
        Manifest dashboard = Kustomize.with(List.of("monitoring")).stream()
                .filter(manifest -> manifest.is("ConfigMap") && manifest.name().equals("jeton-dashboard"))
                .findFirst()
                .orElseThrow();
        assertEquals("1", dashboard.at("/metadata/labels/grafana_dashboard").asText());
        assertEquals(
                "Jeton",
                new ObjectMapper()
                        .readTree(dashboard.at("/data/jeton.json").asText())
                        .path("title")
                        .asText());
    }

    private static void assertFine(List<Manifest> manifests) throws Exception {
        SchemaCheck schema = new SchemaCheck();
        List<String> problems = new ArrayList<>();
        manifests.forEach(manifest -> problems.addAll(schema.problems(manifest)));
        problems.addAll(PodRules.problems(manifests));
        problems.addAll(ReferenceRules.problems(manifests));
        problems.addAll(ServiceRules.problems(manifests));
        problems.addAll(OperationRules.problems(manifests));
        assertEquals(List.of(), problems);
    }
}
