package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody relies on later: backups that start, secrets that stay, keys that can change, uploads that come through. */
final class OperationRules {
    private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(2);
    private static final int LARGEST_BODY = 11;
    private static final String IMPORT = "/admin/devices/import";
    private static final String NGINX = "/metadata/annotations/nginx.ingress.kubernetes.io~1";

    private final List<Manifest> manifests;
    private final Findings findings = new Findings();

    private OperationRules(List<Manifest> manifests) {
        this.manifests = manifests;
    }

    static List<String> problems(List<Manifest> manifests) {
        OperationRules rules = new OperationRules(manifests);
        rules.all("Deployment").forEach(rules::deployment);
        rules.all("Cluster").forEach(rules::cluster);
        rules.all("ExternalSecret").forEach(rules::secret);
        rules.all("HTTPRoute").forEach(rules::route);
        rules.all("Ingress").forEach(rules::ingress);
        return rules.findings.all();
    }

    private void deployment(Manifest deployment) {
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        findings.require(
                !container.path("env").findValuesAsText("name").contains("JAVA_TOOL_OPTIONS"),
                deployment,
                "says what native/jvm-flags says, and loses");
        for (String variable : List.of("JETON_KEYS_ENCRYPTION_KEY_FILE", "JETON_KEYS_PREVIOUS_ENCRYPTION_KEYS_FILE")) {
            String file = named(container.path("env"), variable).path("value").asText();
            Optional<JsonNode> mount = Manifest.each(container.path("volumeMounts"))
                    .filter(one -> file.startsWith(one.path("mountPath").asText() + "/"))
                    .findFirst();
            JsonNode secret = mount.map(one -> named(
                            deployment.at("/spec/template/spec/volumes"),
                            one.path("name").asText()))
                    .map(volume -> volume.path("secret"))
                    .orElse(container.path("none"));
            findings.require(
                    secret.path("secretName"), "jeton-key-encryption", deployment, variable + " is not in the Secret");
            findings.require(!secret.path("optional").asBoolean(), deployment, "starts without a key");
            findings.require(secret.path("defaultMode").asInt() == 0440, deployment, "the key is open to others");
            findings.require(
                    mount.filter(one -> one.path("readOnly").asBoolean()).isPresent(),
                    deployment,
                    "may write over the key");
        }
    }

    private static JsonNode named(JsonNode list, String name) {
        return Manifest.each(list)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElse(list.path("none"));
    }

    private void cluster(Manifest cluster) {
        findings.require(
                cluster.at("/spec/imageName").asText().matches(".+:\\d\\d[.-][^/:]+"),
                cluster,
                "a backup is restored by whatever major version the operator has that day");
    }

    private void secret(Manifest secret) {
        findings.require(
                secret.at("/spec/target/creationPolicy"), "Orphan", secret, "its Secret is deleted together with it");
        findings.require(
                secret.at("/spec/target/deletionPolicy"), "Retain", secret, "its Secret is deleted with the entry");
    }

    private void route(Manifest route) {
        Manifest.each(route.at("/spec/rules"))
                .filter(rule -> rule.has("backendRefs"))
                .reduce((first, next) ->
                        next.at("/matches/0/path/value").asText().equals(IMPORT) ? next : first)
                .ifPresent(rule -> findings.require(
                        Duration.parse("PT" + rule.at("/timeouts/request").asText("0s"))
                                        .compareTo(LONGEST_UPLOAD)
                                > 0,
                        route,
                        "cuts an upload off"));
    }

    private void ingress(Manifest ingress) {
        String body = ingress.at(NGINX + "proxy-body-size").asText("1m");
        findings.require(
                body.matches("\\d+m") && Integer.parseInt(body.replace("m", "")) >= LARGEST_BODY,
                ingress,
                "refuses a large upload");
        findings.require(
                ingress.at(NGINX + "proxy-read-timeout").asInt(60) > LONGEST_UPLOAD.toSeconds(),
                ingress,
                "cuts an upload off");
        findings.require(
                !ingress.at(NGINX + "ssl-redirect").asText().equals("false"), ingress, "takes tokens in the clear");
    }

    private Stream<Manifest> all(String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.is(kind)
                        && (!kind.equals("Deployment") || manifest.name().equals("jeton")));
    }
}
