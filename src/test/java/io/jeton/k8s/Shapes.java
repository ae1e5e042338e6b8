package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shapes of manifests, see shapes.yaml: closed ones for kinds that no library here knows, required fields for the others. */
final class Shapes {
    private static final Map<String, Pattern> TEXTS = Map.of(
            "text", Pattern.compile("(?s).+"),
            "quantity", Pattern.compile("\\d+(\\.\\d+)?(m|Ki|Mi|Gi|Ti|k|M|G)?"),
            "duration", Pattern.compile("(\\d+(h|m|s))+"),
            "retention", Pattern.compile("[1-9]\\d*[dwm]"),
            "cron6", Pattern.compile("\\S+( \\S+){5}"));

    private final JsonNode closed;
    private final JsonNode required;

    private Shapes(JsonNode closed, JsonNode required) {
        this.closed = closed;
        this.required = required;
    }

    static Shapes read() throws IOException {
        try (InputStream file = Shapes.class.getResourceAsStream("shapes.yaml")) {
            JsonNode all = new YAMLMapper().readTree(file);
            return new Shapes(all.path("closed"), all.path("required"));
        }
    }

    boolean describes(Manifest manifest) {
        return closed.has(manifest.apiVersion() + " " + manifest.kind());
    }

    List<String> problems(Manifest manifest) {
        List<String> problems = new ArrayList<>();
        if (describes(manifest)) {
            JsonNode spec = closed.path(manifest.apiVersion() + " " + manifest.kind());
            object(manifest.at("/spec"), spec, ".spec", problems);
            manifest.json().fieldNames().forEachRemaining(key -> {
                if (!List.of("apiVersion", "kind", "metadata", "spec").contains(key)) {
                    problems.add("unknown key ." + key);
                }
            });
        }
        for (JsonNode path : required.path(manifest.kind())) {
            missing(manifest.json(), List.of(path.asText().split("\\.")), path.asText(), problems);
        }
        return problems;
    }

    private static void object(JsonNode value, JsonNode shape, String path, List<String> problems) {
        if (!value.isObject()) {
            problems.add("wrong type " + path + ": not an object");
            return;
        }
        value.fieldNames().forEachRemaining(key -> {
            JsonNode inner = shaped(shape, key);
            if (inner == null) {
                problems.add("unknown key " + path + "." + key);
            } else {
                value(value.get(key), inner, path + "." + key, problems);
            }
        });
        shape.fieldNames().forEachRemaining(key -> {
            if (key.endsWith("!") && !value.has(key.substring(0, key.length() - 1))) {
                problems.add("missing " + path + "." + key.substring(0, key.length() - 1));
            }
        });
    }

    private static void value(JsonNode value, JsonNode shape, String path, List<String> problems) {
        if (shape.isObject()) {
            object(value, shape, path, problems);
        } else if (shape.isArray()) {
            if (!value.isArray()) {
                problems.add("wrong type " + path + ": not a list");
            }
            value.forEach(element -> value(element, shape.get(0), path + "[]", problems));
        } else if (!is(value, shape.asText())) {
            problems.add("wrong type " + path + ": " + value + " is no " + shape.asText());
        }
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "int" -> value.isInt();
            case "bool" -> value.isBoolean();
            case "texts" -> value.isObject() && Manifest.each(value).allMatch(JsonNode::isTextual);
            default ->
                TEXTS.containsKey(type)
                        ? value.isTextual()
                                && TEXTS.get(type).matcher(value.asText()).matches()
                        : value.isTextual() && List.of(type.split("\\|")).contains(value.asText());
        };
    }

    private static @Nullable JsonNode shaped(JsonNode shape, String key) {
        return shape.has(key + "!") ? shape.get(key + "!") : shape.get(key);
    }

    /** Steps are names; a name with [] is a list, each element of which is looked at. A step with ? may be missing. */
    private static void missing(JsonNode node, List<String> steps, String path, List<String> problems) {
        if (steps.isEmpty()) {
            return;
        }
        String step = steps.get(0);
        JsonNode value = node.path(step.replaceAll("[\\[\\]?]", ""));
        if (value.isMissingNode() || value.isNull()) {
            if (!step.contains("?")) {
                problems.add("missing " + path);
            }
        } else if (step.contains("[]")) {
            value.forEach(element -> missing(element, steps.subList(1, steps.size()), path, problems));
        } else {
            missing(value, steps.subList(1, steps.size()), path, problems);
        }
    }
}
