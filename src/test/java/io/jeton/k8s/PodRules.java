package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every pod: the restricted Pod Security Standard and beyond, resources, probes, a named image. */
final class PodRules {
    private PodRules() {}

    static List<String> problems(List<Manifest> manifests) {
        Findings findings = new Findings();
        for (Manifest manifest : manifests) {
            JsonNode pod = manifest.podTemplate().path("spec");
            if (pod.isObject()) {
                pod(manifest, pod, findings);
            }
        }
        return findings.all();
    }

    private static void pod(Manifest manifest, JsonNode pod, Findings findings) {
        findings.require(pod.at("/securityContext/runAsNonRoot"), "true", manifest, "may run as root");
        findings.require(pod.at("/securityContext/runAsUser").asInt() > 0, manifest, "names no user");
        findings.require(
                pod.at("/securityContext/seccompProfile/type"), "RuntimeDefault", manifest, "without seccomp profile");
        findings.require(
                pod.path("automountServiceAccountToken"), "false", manifest, "has a token of the Kubernetes API");
        findings.require(pod.path("enableServiceLinks"), "false", manifest, "gets variables named after Services");
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            findings.require(!pod.path(shared).asBoolean(), manifest, shared);
        }
        for (JsonNode volume : pod.path("volumes")) {
            findings.require(!volume.has("hostPath"), manifest, "mounts a folder of the node");
            findings.require(
                    !volume.has("emptyDir") || volume.at("/emptyDir").has("sizeLimit"), manifest, "unbounded emptyDir");
        }
        for (String kind : List.of("containers", "initContainers", "ephemeralContainers")) {
            pod.path(kind).forEach(container -> container(manifest, container, findings));
        }
        pod.path("containers").forEach(container -> probes(manifest, container, findings));
        mounts(manifest, pod, findings);
    }

    private static void container(Manifest manifest, JsonNode container, Findings findings) {
        JsonNode security = container.path("securityContext");
        findings.require(security.path("allowPrivilegeEscalation"), "false", manifest, "may gain privileges");
        findings.require(security.path("readOnlyRootFilesystem"), "true", manifest, "writable root filesystem");
        findings.require(!security.path("privileged").asBoolean(), manifest, "privileged");
        findings.require(security.at("/capabilities/drop/0"), "ALL", manifest, "keeps capabilities");
        findings.require(security.at("/capabilities/add").isEmpty(), manifest, "adds capabilities");
        findings.require(
                !security.has("runAsUser") && !security.has("runAsNonRoot"), manifest, "overrides the pod's user");
        for (String resource : List.of("/requests/cpu", "/requests/memory", "/limits/memory")) {
            findings.require(container.path("resources").at(resource).isTextual(), manifest, "without " + resource);
        }
        String image = container.path("image").asText();
        findings.require(
                image.matches(".+:[^/:]+|.+@sha256:[0-9a-f]{64}") && !image.endsWith(":latest"),
                manifest,
                "image of no fixed version: " + image);
        container
                .path("ports")
                .forEach(port -> findings.require(!port.has("hostPort"), manifest, "takes a port of the node"));
    }

    private static void probes(Manifest manifest, JsonNode container, Findings findings) {
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            findings.require(container.path(probe).isObject(), manifest, "without " + probe);
            JsonNode http = container.path(probe).path("httpGet");
            if (http.isObject()) {
                findings.require(
                        ports(container).contains(http.path("port").asText()), manifest, probe + " on an unknown port");
            }
        }
        JsonNode liveness = container.at("/livenessProbe/httpGet/path");
        findings.require(!liveness.asText().endsWith("/ready"), manifest, "is restarted when the database is away");
    }

    private static Set<String> ports(JsonNode container) {
        return Manifest.each(container.path("ports"))
                .flatMap(port -> Stream.of(
                        port.path("name").asText(), port.path("containerPort").asText()))
                .collect(Collectors.toSet());
    }

    private static void mounts(Manifest manifest, JsonNode pod, Findings findings) {
        Set<String> volumes = Stream.concat(
                        Manifest.each(pod.path("volumes")).map(volume -> volume.path("name")),
                        Manifest.each(manifest.at("/spec/volumeClaimTemplates"))
                                .map(claim -> claim.at("/metadata/name")))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        for (JsonNode container : pod.path("containers")) {
            boolean tmp = false;
            for (JsonNode mount : container.path("volumeMounts")) {
                String name = mount.path("name").asText();
                findings.require(volumes.contains(name), manifest, "mounts " + name + ", which is no volume");
                findings.require(!mount.has("subPath"), manifest, name + " by subPath is never renewed");
                tmp |= mount.path("mountPath").asText().equals("/tmp");
            }
            findings.require(tmp, manifest, "has nowhere to write");
        }
    }
}
