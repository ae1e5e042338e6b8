package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of the manifests can fail: production with one thing wrong is refused, for that very thing. */
class ChecksRefuseTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Deployment              | /spec/replica                                   | 3          | unknown key",
                "Deployment              | /spec/minReadySeconds                           | soon       | wrong type",
                "Deployment              | /spec/minReadySeconds                           | '10'       | wrong type",
                "Deployment              | /spec/template/spec/containers/0/env/2/value    | true       | wrong type",
                "Deployment              | /spec/template/spec/containers/0/livenessProbe/httpGet/uri | /x | unknown key",
                "Deployment              | /spec/template/spec/containers/0/image          | -          | missing",
                "HorizontalPodAutoscaler | /spec/maxReplica                                | 3          | unknown key",
                "HorizontalPodAutoscaler | /spec/maxReplicas                               | three      | wrong type",
                "HorizontalPodAutoscaler | /spec/maxReplicas                               | -          | missing",
                "HorizontalPodAutoscaler | /apiVersion                                     | autoscaling/v9 | unknown kind",
                "NetworkPolicy           | /spec/ingres                                    | []         | unknown key",
                "HTTPRoute               | /spec/rules/0/backends                          | []         | unknown key",
                "HTTPRoute               | /spec/parentRefs/0/name                         | -          | missing",
                "Gateway                 | /spec/listeners/0/port                          | '443'      | wrong type",
                "Certificate             | /spec/secret                                    | x          | unknown key",
                "Certificate             | /spec/dnsNames                                  | a.example  | wrong type",
                "ServiceMonitor          | /spec/endpoints/0/ports                         | x          | unknown key",
                "PrometheusRule          | /spec/groups/0/rules/0/annotations/summary      | -          | missing",
                "Cluster                 | /spec/instance                                  | 3          | unknown key",
                "Cluster                 | /spec/instances                                 | '3'        | wrong type",
                "Cluster                 | /spec/instances                                 | -          | missing",
                "Cluster                 | /spec/postgresql/synchronous/method             | some       | wrong type",
                "ScheduledBackup         | /spec/schedule                                  | 17 2 * * * | wrong type",
                "ObjectStore             | /spec/configuration/destinationPath             | -          | missing",
                "ExternalSecret          | /spec/data/0/remote                             | x          | unknown key"
            })
    void theSchemaCheckRefuses(String kind, String pointer, String value, String complaint) throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        Manifest changed = change(production, kind, pointer, value);
        List<String> problems = new SchemaCheck().problems(changed);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(": " + complaint)), problems::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Deployment | /spec/template/spec/securityContext                      | -         | may run as root",
                "Deployment | /spec/template/spec/securityContext/runAsUser            | 0         | names no user",
                "Deployment | /spec/template/spec/securityContext/seccompProfile       | -         | without seccomp profile",
                "Deployment | /spec/template/spec/automountServiceAccountToken         | true      | has a token",
                "Deployment | /spec/template/spec/enableServiceLinks                   | -         | named after Services",
                "Deployment | /spec/template/spec/hostNetwork                          | true      | hostNetwork",
                "Deployment | /spec/template/spec/volumes/0                            | {name: x, hostPath: {path: /}} | folder of the node",
                "Deployment | /spec/template/spec/containers/0/securityContext         | -         | writable root filesystem",
                "Deployment | /spec/template/spec/containers/0/securityContext/privileged | true   | privileged",
                "Deployment | /spec/template/spec/containers/0/securityContext/capabilities/drop/0 | KILL | keeps capabilities",
                "Deployment | /spec/template/spec/containers/0/securityContext/runAsUser | 0       | overrides the pod's user",
                "Deployment | /spec/template/spec/containers/0/resources/limits        | -         | without /limits/memory",
                "Deployment | /spec/template/spec/containers/0/readinessProbe          | -         | without readinessProbe",
                "Deployment | /spec/template/spec/containers/0/livenessProbe/httpGet/path | /q/health/ready | when the database is away",
                "Deployment | /spec/template/spec/containers/0/livenessProbe/httpGet/port | admin  | unknown port",
                "Deployment | /spec/template/spec/containers/0/image                   | jeton     | no fixed version",
                "Deployment | /spec/template/spec/containers/0/image                   | 'jeton:latest' | no fixed version",
                "Deployment | /spec/template/spec/containers/0/volumeMounts/0/name     | nothing   | which is no volume",
                "Deployment | /spec/template/spec/containers/0/volumeMounts/0/subPath  | x         | never renewed"
            })
    void thePodRulesRefuse(String kind, String pointer, String value, String complaint) throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        Manifest unused = change(production, kind, pointer, value);
        assertRefused(PodRules.problems(production), complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Deployment              | /spec/template/spec/serviceAccountName | other  | ServiceAccount other, which is not there",
                "Deployment              | /spec/template/spec/volumes/1 | {name: config, configMap: {name: x}} | ConfigMap x, which",
                "Deployment              | /spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef/name | x | nobody makes the Secret x",
                "Deployment              | /spec/template/metadata/labels  | {a: b}              | selects no pods",
                "PodDisruptionBudget     | /spec/selector/matchLabels      | {a: b}              | selects no pods",
                "HorizontalPodAutoscaler | /spec/scaleTargetRef/name       | other                 | Deployment other, which is not there",
                "Service                 | /spec/ports/0/targetPort        | admin                 | leads to a port",
                "HTTPRoute               | /spec/rules/0/backendRefs/0/name | other                | Service other, which is not there",
                "HTTPRoute               | /spec/parentRefs/0/sectionName  | other                 | listens nowhere",
                "ServiceMonitor          | /spec/endpoints/0/port          | http                  | watches no Service",
                "Gateway                 | /spec/listeners/0/tls/certificateRefs/0/name | other    | nobody makes the Secret other",
                "ScheduledBackup         | /spec/cluster/name              | other                 | Cluster other, which is not there",
                "ObjectStore             | /metadata/name                  | other                 | ObjectStore jeton-backup, which"
            })
    void theReferenceRulesRefuse(String kind, String pointer, String value, String complaint) throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        Manifest unused = change(production, kind, pointer, value);
        assertRefused(ReferenceRules.problems(production), complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Deployment    | /spec/template/spec/terminationGracePeriodSeconds | 30          | is killed while it ends",
                "Deployment    | /spec/template/spec/containers/0/env/2/name | JETON_TOKEN       | a secret in plain",
                "Deployment    | /spec/template/spec/containers/0/readinessProbe/httpGet/path | /q/health/ready | readiness asks",
                "Deployment    | /spec/template/spec/containers/0/startupProbe/httpGet/path | /q/health/started | startup asks",
                "ConfigMap     | /data/base.properties            | quarkus.shutdown.timeout=9S  | requests are cut off",
                "ConfigMap     | /data/more.properties            | jeton.issuer=https://x       | jeton.issuer twice",
                "ConfigMap     | /data/more.properties            | a.password=x                 | a secret in plain",
                "Service       | /metadata/namespace              | other                        | others in another",
                "Namespace     | /metadata/labels                 | -                            | lets any pod in",
                "NetworkPolicy | /spec/ingress                    | [{from: [{podSelector: {}}], ports: [{port: 8080}]}] | lets anybody in",
                "NetworkPolicy | /spec/ingress                    | [{ports: [{port: 22}]}]    | opens a port",
                "NetworkPolicy | /spec/egress                     | [{}]                       | lets it call any port"
            })
    void theRulesOfTheServiceRefuse(String kind, String pointer, String value, String complaint) throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        Manifest unused = change(production, kind, pointer, value);
        assertRefused(ServiceRules.problems(production), complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Deployment              | /spec/replicas                             | 2     | undoes the autoscaler",
                "Deployment              | /spec/strategy/rollingUpdate/maxUnavailable | 1    | has fewer",
                "Deployment              | /spec/template/spec/topologySpreadConstraints | -  | may be on one node",
                "HorizontalPodAutoscaler | /spec/minReplicas                          | 1     | is alone",
                "HorizontalPodAutoscaler | /spec/maxReplicas                          | 20    | too few connections for 21",
                "PodDisruptionBudget     | /spec/maxUnavailable                       | '50%' | evicted at once",
                "HTTPRoute               | /spec/hostnames/0                          | x.example | another host",
                "Certificate             | /spec/dnsNames/0                           | x.example | another host"
            })
    void theRulesOfManyReplicasRefuse(String kind, String pointer, String value, String complaint) throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        Manifest unused = change(production, kind, pointer, value);
        assertRefused(ServiceRules.problemsOfMany(production), complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Deployment     | /spec/template/spec/containers/0/env/2/name  | JAVA_TOOL_OPTIONS | and loses",
                "Deployment     | /spec/template/spec/containers/0/env/3/value | /tmp/key | is not in the Secret",
                "Deployment     | /spec/template/spec/containers/0/env/4       | {name: x} | is not in the Secret",
                "Deployment     | /spec/template/spec/volumes/3/secret/optional | true    | starts without a key",
                "Deployment     | /spec/template/spec/volumes/3/secret/defaultMode | 420  | open to others",
                "Deployment     | /spec/template/spec/containers/0/volumeMounts/3/readOnly | false | write over the key",
                "Cluster        | /spec/imageName                 | -                     | whatever major version",
                "Cluster        | /spec/imageName                 | 'x/postgresql:latest' | whatever major version",
                "ExternalSecret | /spec/target/creationPolicy     | Owner                 | deleted together with it",
                "ExternalSecret | /spec/target/deletionPolicy     | Delete                | deleted with the entry",
                "HTTPRoute      | /spec/rules/1/timeouts/request  | 15s                   | cuts an upload off",
                "HTTPRoute      | /spec/rules/1/matches/0/path/value | /admin             | cuts an upload off"
            })
    void theRulesOfOperationRefuse(String kind, String pointer, String value, String complaint) throws Exception {
        List<Manifest> production = Kustomize.overlay("production");
        Manifest unused = change(production, kind, pointer, value);
        assertRefused(OperationRules.problems(production), complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "proxy-body-size, 1m, refuses a large upload",
        "proxy-read-timeout, 60, cuts an upload off",
        "ssl-redirect, false, takes tokens in the clear"
    })
    void theRulesOfAnIngressRefuse(String annotation, String value, String complaint) throws Exception {
        List<Manifest> built = Kustomize.with(List.of("ingress"));
        Manifest ingress = built.stream()
                .filter(manifest -> manifest.is("Ingress"))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) ingress.at("/metadata/annotations")).put("nginx.ingress.kubernetes.io/" + annotation, value);
        assertRefused(OperationRules.problems(built), complaint);
    }

    @Test
    void aSecretIsRefused() throws Exception {
        List<Manifest> production = new ArrayList<>(Kustomize.overlay("production"));
        production.addAll(Kustomize.read("{apiVersion: v1, kind: Secret, metadata: {name: x, namespace: jeton}}"));
        assertRefused(ServiceRules.problems(production), "a secret in the repository");
    }

    private static void assertRefused(List<String> problems, String complaint) {
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(complaint)), problems::toString);
    }

    /** Changes the first object of this kind that is called jeton, or else the first; a value of - takes the field away. */
    private static Manifest change(List<Manifest> manifests, String kind, String pointer, String value)
            throws Exception {
        Manifest manifest = manifests.stream()
                .filter(candidate -> candidate.is(kind))
                .reduce((first, next) -> next.name().equals("jeton") ? next : first)
                .orElseThrow();
        int end = pointer.lastIndexOf('/');
        JsonNode parent = manifest.at(pointer.substring(0, end));
        String field = pointer.substring(end + 1);
        String before = manifest.json().toString();
        if (value.equals("-")) {
            ((ObjectNode) parent).remove(field);
        } else if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(field), value(value));
        } else {
            ((ObjectNode) parent).set(field, value(value));
        }
        assertNotEquals(before, manifest.json().toString(), "nothing was changed");
        return manifest;
    }

    private static JsonNode value(String text) throws Exception {
        return YAML.readTree(text);
    }
}
