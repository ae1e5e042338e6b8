package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is referred to is there, is made by an operator, or is in the README's table of what you make yourself. */
final class ReferenceRules {
    private final List<Manifest> manifests;
    private final String readme;
    private final Findings findings = new Findings();

    private ReferenceRules(List<Manifest> manifests) throws IOException {
        this.manifests = manifests;
        this.readme = Files.readString(Path.of("k8s", "README.md"));
    }

    static List<String> problems(List<Manifest> manifests) throws IOException {
        ReferenceRules rules = new ReferenceRules(manifests);
        manifests.forEach(rules::check);
        return rules.findings.all();
    }

    private void check(Manifest manifest) {
        pods(manifest);
        selectors(manifest);
        switch (manifest.kind()) {
            case "Ingress" -> {
                Manifest.findAll(manifest.json(), "service")
                        .forEach(service -> backend(manifest, service.path("name")));
                secrets(manifest, Manifest.findAll(manifest.json(), "secretName"));
            }
            case "HTTPRoute" -> {
                Manifest.findAll(manifest.json(), "backendRefs")
                        .forEach(refs -> refs.forEach(ref -> backend(manifest, ref.path("name"))));
                manifest.at("/spec/parentRefs").forEach(parent -> listener(manifest, parent));
            }
            case "Gateway" ->
                Manifest.findAll(manifest.json(), "certificateRefs")
                        .forEach(refs -> secrets(manifest, refs.findValues("name")));
            case "HorizontalPodAutoscaler" ->
                exists(
                        manifest,
                        manifest.at("/spec/scaleTargetRef/kind").asText(),
                        manifest.at("/spec/scaleTargetRef/name"));
            case "Certificate" -> exists(manifest, "Issuer", manifest.at("/spec/issuerRef/name"));
            case "ScheduledBackup" -> exists(manifest, "Cluster", manifest.at("/spec/cluster/name"));
            case "Cluster" ->
                Manifest.findAll(manifest.json(), "barmanObjectName")
                        .forEach(name -> exists(manifest, "ObjectStore", name));
            case "ObjectStore" ->
                manifest.at("/spec/configuration/s3Credentials")
                        .forEach(key -> secrets(manifest, List.of(key.path("name"))));
            default -> {
                // Refers to nothing but pods.
            }
        }
    }

    private void pods(Manifest manifest) {
        JsonNode pod = manifest.podTemplate().path("spec");
        if (pod.has("serviceAccountName")) {
            exists(manifest, "ServiceAccount", pod.path("serviceAccountName"));
        }
        Manifest.findAll(pod, "configMap").forEach(ref -> exists(manifest, "ConfigMap", ref.path("name")));
        Manifest.findAll(pod, "configMapKeyRef").forEach(ref -> exists(manifest, "ConfigMap", ref.path("name")));
        Manifest.findAll(pod, "configMapRef").forEach(ref -> exists(manifest, "ConfigMap", ref.path("name")));
        List<JsonNode> names = new ArrayList<>(Manifest.findAll(pod, "secretName"));
        Stream.of("secretKeyRef", "secretRef")
                .flatMap(field -> Manifest.findAll(pod, field).stream())
                .forEach(ref -> names.add(ref.path("name")));
        secrets(manifest, names);
    }

    private void selectors(Manifest manifest) {
        JsonNode labels =
                switch (manifest.kind()) {
                    case "Service" -> manifest.at("/spec/selector");
                    case "PodDisruptionBudget", "Deployment", "StatefulSet" ->
                        manifest.at("/spec/selector/matchLabels");
                    case "NetworkPolicy" -> manifest.at("/spec/podSelector/matchLabels");
                    default -> manifest.at("/none");
                };
        if (!labels.isMissingNode()) {
            findings.require(selectsPods(labels), manifest, "selects no pods: " + labels);
        }
        if (manifest.is("ServiceMonitor")) {
            JsonNode wanted = manifest.at("/spec/selector/matchLabels");
            boolean found = all("Service")
                    .anyMatch(service -> contains(service.at("/metadata/labels"), wanted)
                            && service.at("/spec/ports")
                                    .findValuesAsText("name")
                                    .contains(manifest.at("/spec/endpoints/0/port")
                                            .asText()));
            findings.require(found, manifest, "watches no Service");
        }
        if (manifest.is("Service")) {
            manifest.at("/spec/ports")
                    .forEach(port -> findings.require(
                            manifests.stream()
                                    .filter(owner ->
                                            contains(owner.podTemplate().at("/metadata/labels"), labels))
                                    .flatMap(owner -> Manifest.findAll(owner.podTemplate(), "ports").stream())
                                    .anyMatch(ports -> ports.findValuesAsText("name")
                                            .contains(port.path("targetPort").asText())),
                            manifest,
                            "leads to a port that the pods have not"));
        }
    }

    /** Pods from here, or those that the operator makes for a Cluster, which may be in another overlay. */
    private boolean selectsPods(JsonNode labels) {
        return !labels.isEmpty()
                && (labels.path("cnpg.io/cluster").asText().equals("jeton-postgres")
                        || manifests.stream()
                                .anyMatch(owner -> contains(owner.podTemplate().at("/metadata/labels"), labels)));
    }

    private static boolean contains(JsonNode labels, JsonNode wanted) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .allMatch(label -> Objects.equals(labels.get(label.getKey()), label.getValue()));
    }

    private void backend(Manifest manifest, JsonNode name) {
        exists(manifest, "Service", name);
    }

    private void listener(Manifest manifest, JsonNode parent) {
        exists(manifest, "Gateway", parent.path("name"));
        boolean found = all("Gateway")
                .anyMatch(gateway ->
                        gateway.at("/spec/listeners").findValues("name").contains(parent.path("sectionName")));
        findings.require(found, manifest, "listens nowhere: " + parent);
    }

    private void secrets(Manifest manifest, List<JsonNode> names) {
        for (JsonNode name : names) {
            String secret = name.asText();
            boolean made = all("ExternalSecret").anyMatch(made(secret, "/spec/target/name"))
                    || all("Certificate").anyMatch(made(secret, "/spec/secretName"))
                    || all("Cluster").anyMatch(cluster -> List.of(cluster.name() + "-app", cluster.name() + "-ca")
                            .contains(secret))
                    || readme.contains("| `" + secret + "` |");
            findings.require(made, manifest, "nobody makes the Secret " + secret);
        }
    }

    private static java.util.function.Predicate<Manifest> made(String secret, String pointer) {
        return maker -> maker.at(pointer).asText().equals(secret);
    }

    private void exists(Manifest manifest, String kind, JsonNode name) {
        findings.require(
                all(kind).anyMatch(other -> other.name().equals(name.asText())),
                manifest,
                "refers to " + kind + " " + name.asText() + ", which is not there");
    }

    private Stream<Manifest> all(String kind) {
        return manifests.stream().filter(manifest -> manifest.is(kind));
    }
}
