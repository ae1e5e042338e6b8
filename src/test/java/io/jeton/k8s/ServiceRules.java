package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** What is particular to this service: how it is rolled out and ends, who reaches it, what its configuration says. */
final class ServiceRules {
    /** quarkus.datasource.reactive.max-size, and that of JDBC, which migrates. */
    private static final int CONNECTIONS = 16 + 2;

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
    private static final String NAME = "jeton";

    private final List<Manifest> manifests;
    private final Findings findings = new Findings();

    private ServiceRules(List<Manifest> manifests) {
        this.manifests = manifests;
    }

    static List<String> problems(List<Manifest> manifests) {
        ServiceRules rules = new ServiceRules(manifests);
        Manifest deployment = rules.the("Deployment");
        rules.probes(deployment);
        rules.ending(deployment);
        rules.network(deployment);
        rules.plainSecrets();
        rules.namespace();
        return rules.findings.all();
    }

    /** What holds beyond that where it must be highly available. */
    static List<String> problemsOfMany(List<Manifest> manifests) {
        ServiceRules rules = new ServiceRules(manifests);
        rules.many(rules.the("Deployment"));
        rules.connections();
        rules.hosts();
        return rules.findings.all();
    }

    private void probes(Manifest deployment) {
        JsonNode container = container(deployment);
        Map<String, String> paths = Map.of("startup", "ready", "readiness", "group/serving", "liveness", "live");
        paths.forEach((probe, path) -> {
            JsonNode http = container.path(probe + "Probe").path("httpGet");
            findings.require(http.path("path"), "/q/health/" + path, deployment, probe + " asks for something else");
            findings.require(http.path("port"), "management", deployment, probe + " asks in public");
        });
    }

    private void ending(Manifest deployment) {
        Properties settings = settings();
        Duration delay = seconds(settings.getProperty("quarkus.shutdown.delay", "0S"));
        Duration timeout = seconds(settings.getProperty("quarkus.shutdown.timeout", "0S"));
        Duration grace = Duration.ofSeconds(deployment
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt(30));
        findings.require(delay.toSeconds() >= 5, deployment, "the listener closes before anybody noticed");
        findings.require(timeout.compareTo(LONGEST_REQUEST) > 0, deployment, "requests are cut off at the end");
        findings.require(
                grace.compareTo(delay.plus(timeout).plusSeconds(10)) >= 0, deployment, "is killed while it ends");
    }

    private void network(Manifest deployment) {
        List<String> ports = container(deployment).path("ports").findValuesAsText("containerPort");
        List<Manifest> policies = all("NetworkPolicy")
                .filter(policy -> Stream.of("name", "part-of")
                        .anyMatch(label -> policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1" + label)
                                .asText()
                                .equals(NAME)))
                .toList();
        findings.require(
                policies.stream()
                        .anyMatch(policy ->
                                policy.at("/spec/policyTypes").toString().contains("Egress")),
                deployment,
                "may call anybody");
        for (Manifest policy : policies) {
            for (JsonNode rule : policy.at("/spec/ingress")) {
                String port = rule.at("/ports/0/port").asText();
                findings.require(ports.contains(port), policy, "opens a port that the container has not: " + port);
                String label = port.equals("9000") ? "monitoring" : "ingress";
                findings.require(
                        rule.at("/from/0/namespaceSelector/matchLabels/jeton~1" + label),
                        "allowed",
                        policy,
                        "lets anybody in");
                findings.require(
                        rule.path("from").size() == 1 && rule.path("ports").size() == 1, policy, "opens more");
            }
            for (JsonNode rule : policy.at("/spec/egress")) {
                findings.require(!rule.path("ports").isEmpty(), policy, "lets it call any port");
                boolean database = rule.at("/ports/0/port").asInt() == 5432;
                findings.require(database || rule.path("to").size() > 0, policy, "lets it call anybody");
            }
        }
    }

    private void plainSecrets() {
        for (Manifest manifest : manifests) {
            findings.require(!manifest.is("Secret"), manifest, "a secret in the repository");
            for (JsonNode variable : manifest.json().findValues("env")) {
                variable.forEach(one -> findings.require(
                        !one.has("value")
                                || one.path("name").asText().endsWith("_FILE")
                                || !one.path("name").asText().matches(".*(PASSWORD|SECRET|_KEY|_KEYS|TOKEN).*"),
                        manifest,
                        "a secret in plain: " + one.path("name")));
            }
            manifest.at("/data")
                    .forEach(file -> findings.require(
                            !file.asText()
                                    .matches(
                                            "(?is).*(^|\\n)[^#\\n]*(password|secret|encryption-key)\\s*[:=].*|.*PRIVATE KEY.*"),
                            manifest,
                            "a secret in plain"));
        }
    }

    private void namespace() {
        List<String> namespaces = manifests.stream()
                .filter(manifest -> !manifest.is("Namespace"))
                .map(manifest -> manifest.at("/metadata/namespace").asText())
                .distinct()
                .toList();
        findings.require(
                namespaces.size() == 1, the("Deployment"), "is in one namespace, others in another: " + namespaces);
        all("Namespace").forEach(space -> {
            findings.require(namespaces.contains(space.name()), space, "is not where the rest is");
            findings.require(
                    space.at("/metadata/labels/pod-security.kubernetes.io~1enforce"),
                    "restricted",
                    space,
                    "lets any pod in");
        });
    }

    private void many(Manifest deployment) {
        findings.require(!deployment.at("/spec").has("replicas"), deployment, "an apply undoes the autoscaler");
        findings.require(
                deployment.at("/spec/strategy/rollingUpdate/maxUnavailable"),
                "0",
                deployment,
                "has fewer while it is renewed");
        findings.require(
                deployment.at("/spec/template/spec/topologySpreadConstraints").size() >= 2,
                deployment,
                "may be on one node");
        findings.require(the("HorizontalPodAutoscaler").at("/spec/minReplicas").asInt() >= 2, deployment, "is alone");
        findings.require(
                the("PodDisruptionBudget").at("/spec/maxUnavailable"), "1", deployment, "all may be evicted at once");
    }

    private void connections() {
        int replicas = the("HorizontalPodAutoscaler").at("/spec/maxReplicas").asInt() + 1;
        all("Cluster")
                .forEach(cluster -> findings.require(
                        cluster.at("/spec/postgresql/parameters/max_connections")
                                        .asInt()
                                >= replicas * CONNECTIONS + 20,
                        cluster,
                        "has too few connections for " + replicas + " replicas"));
    }

    /** Who is reached by another name than the issuer's cannot be used: it is compared. */
    private void hosts() {
        String issuer = settings().getProperty("jeton.issuer");
        if (issuer != null) {
            String host = java.net.URI.create(issuer).getHost();
            Stream.of("hostname", "host")
                    .forEach(field -> manifests.forEach(manifest -> manifest.json()
                            .findValues(field)
                            .forEach(value ->
                                    findings.require(value, host, manifest, "another host than the issuer's"))));
            Stream.of("hostnames", "dnsNames")
                    .forEach(field -> manifests.forEach(manifest -> manifest.json()
                            .findValues(field)
                            .forEach(value -> findings.require(
                                    value.path(0), host, manifest, "another host than the issuer's"))));
        }
    }

    /** All the files, as the service reads them; none may say what another one says, for none comes first. */
    private Properties settings() {
        Properties all = new Properties();
        all("ConfigMap").filter(map -> map.name().startsWith("jeton-config")).forEach(map -> map.at("/data")
                .forEach(file -> {
                    Properties one = read(file.asText());
                    one.keySet().forEach(key -> findings.require(!all.containsKey(key), map, key + " twice"));
                    all.putAll(one);
                }));
        return all;
    }

    static Properties read(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static Duration seconds(String text) {
        return Duration.parse("PT" + text.replaceFirst("^PT", ""));
    }

    private static JsonNode container(Manifest deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private Manifest the(String kind) {
        return all(kind)
                .filter(manifest -> manifest.name().equals(NAME))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind));
    }

    private Stream<Manifest> all(String kind) {
        return manifests.stream().filter(manifest -> manifest.is(kind));
    }
}
