package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a manifest against the types of its API: no unknown key, no wrong type, nothing required missing. Of Kubernetes, the
 * Gateway API, cert-manager and Prometheus the types are those of a client library; of others they are in shapes.yaml.
 */
final class SchemaCheck {
    private final ObjectMapper json = new ObjectMapper();
    private final KubernetesSerialization types = new KubernetesSerialization(json, true);
    private final Shapes shapes;

    SchemaCheck() throws IOException {
        shapes = Shapes.read();
    }

    List<String> problems(Manifest manifest) {
        List<String> problems = new ArrayList<>(shapes.problems(manifest));
        if (!shapes.describes(manifest)) {
            typed(manifest, problems);
        }
        return problems.stream().map(problem -> manifest + ": " + problem).toList();
    }

    private void typed(Manifest manifest, List<String> problems) {
        Object object;
        try {
            object = types.unmarshal(manifest.json().toString());
        } catch (RuntimeException e) {
            problems.add("wrong type: " + message(e));
            return;
        }
        if (object == null || object instanceof GenericKubernetesResource) {
            problems.add("unknown kind " + manifest.apiVersion() + " " + manifest.kind());
            return;
        }
        unknownKeys(object, "", problems);
        converted(manifest.json(), json.valueToTree(object), "", problems);
    }

    /** The types keep what they do not know apart. */
    private static void unknownKeys(@Nullable Object value, String path, List<String> problems) {
        if (value instanceof Collection<?> all) {
            all.forEach(element -> unknownKeys(element, path + "[]", problems));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> unknownKeys(element, path + "." + key, problems));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.") && !(value instanceof Enum)) {
            for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    Object content = content(field, value);
                    if (field.getName().equals("additionalProperties") && content instanceof Map<?, ?> unknown) {
                        unknown.keySet().forEach(key -> problems.add("unknown key " + path + "." + key));
                    } else {
                        unknownKeys(content, path + "." + field.getName(), problems);
                    }
                }
            }
        }
    }

    private static @Nullable Object content(Field field, Object owner) {
        if (java.lang.reflect.Modifier.isStatic(field.getModifiers())
                || field.getType().isPrimitive()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the library converts, such as a number where a string belongs, the API refuses. */
    private static void converted(JsonNode given, JsonNode understood, String path, List<String> problems) {
        if (given.isContainerNode() && given.isEmpty() && (understood.isMissingNode() || understood.isEmpty())) {
            return;
        }
        if (given.isObject() && understood.isObject()) {
            given.properties()
                    .forEach(entry -> converted(
                            entry.getValue(), understood.path(entry.getKey()), path + "." + entry.getKey(), problems));
        } else if (given.isArray() && understood.isArray() && given.size() == understood.size()) {
            for (int i = 0; i < given.size(); i++) {
                converted(given.get(i), understood.get(i), path + "[" + i + "]", problems);
            }
        } else if (!given.toString().equals(understood.toString())) {
            problems.add("wrong type " + path + ": " + given + " is taken for " + understood);
        }
    }

    private static String message(Throwable e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
}
