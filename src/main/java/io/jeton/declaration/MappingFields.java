package io.jeton.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jeton.declaration.Node.Kind;
import io.jeton.managed.Fields;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The values of one client or user in the file; gathers what is of another type, and names nobody asked for. */
final class MappingFields implements Fields {
    private final String path;
    private final int line;
    private final Map<String, Node> members;
    private final List<Problem> problems;
    private final Set<String> known = new HashSet<>();

    /**
     * @param path where it stands in the file
     * @param problems where to put what is wrong
     */
    MappingFields(String path, Node.Mapping mapping, List<Problem> problems) {
        this.path = path;
        this.line = mapping.line();
        this.members = mapping.members();
        this.problems = problems;
    }

    @Override
    public Optional<String> text(String name) {
        return scalar(name, Kind.TEXT, "must be text; put it in quotes if it looks like something else", text -> text);
    }

    @Override
    public Optional<Boolean> flag(String name) {
        return scalar(name, Kind.FLAG, "must be true or false", text -> "true".equalsIgnoreCase(text));
    }

    @Override
    public Optional<Integer> number(String name) {
        return scalar(name, Kind.NUMBER, "must be a whole number", Integer::valueOf);
    }

    @Override
    public Optional<Duration> duration(String name) {
        return scalar(name, Kind.TEXT, "must be a duration of ISO 8601, for example PT1H", Duration::parse);
    }

    @Override
    public Optional<List<String>> texts(String name) {
        return member(name).flatMap(node -> {
            if (node instanceof Node.Sequence sequence
                    && sequence.items().stream().allMatch(MappingFields::isText)) {
                return Optional.of(sequence.items().stream()
                        .map(item -> ((Node.Scalar) item).text())
                        .toList());
            }
            return wrong(name, "must be a list of texts");
        });
    }

    @Override
    public Optional<String> json(String name) {
        return member(name).flatMap(node -> {
            if (isText(node)) {
                return Optional.of(((Node.Scalar) node).text());
            }
            return node instanceof Node.Mapping mapping
                    ? Optional.of(json(mapping).toString())
                    : wrong(name, "must be JSON, as text or written out");
        });
    }

    /** Says that something is wrong with a value, or with the whole where the value is not there. */
    void refuse(String name, String sentence) {
        Node node = members.get(name);
        problems.add(new Problem(node == null ? line : node.line(), path + "." + name + " " + sentence));
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Refuses what nobody asked for: a misspelt name must not be overlooked. */
    void refuseOthers() {
        members.forEach((name, node) -> {
            if (!known.contains(name)) {
                problems.add(new Problem(node.line(), path + ": " + YamlTree.shown(name) + " is not known here"));
            }
        });
    }

    private <T> Optional<T> scalar(String name, Kind kind, String otherwise, Function<String, T> reader) {
        return member(name).flatMap(node -> {
            try {
                if (node instanceof Node.Scalar scalar && scalar.kind() == kind) {
                    return Optional.of(reader.apply(scalar.text()));
                }
            } catch (NumberFormatException | DateTimeParseException e) {
                return wrong(name, otherwise);
            }
            return wrong(name, otherwise);
        });
    }

    private Optional<Node> member(String name) {
        known.add(name);
        return Optional.ofNullable(members.get(name));
    }

    private <T> Optional<T> wrong(String name, String otherwise) {
        refuse(name, otherwise);
        return Optional.empty();
    }

    private static boolean isText(Node node) {
        return node instanceof Node.Scalar scalar && scalar.kind() == Kind.TEXT;
    }

    private static ObjectNode json(Node.Mapping mapping) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        mapping.members().forEach((name, node) -> object.set(name, value(node)));
        return object;
    }

    private static JsonNode value(Node node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof Node.Mapping mapping) {
            return json(mapping);
        }
        if (node instanceof Node.Sequence sequence) {
            ArrayNode array = json.arrayNode();
            sequence.items().forEach(item -> array.add(value(item)));
            return array;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return switch (scalar.kind()) {
            case TEXT -> json.textNode(scalar.text());
            case FLAG -> json.booleanNode("true".equalsIgnoreCase(scalar.text()));
            case NOTHING -> json.nullNode();
            // No value of a key set is a number: refused by its rules.
            case NUMBER -> json.textNode(scalar.text());
        };
    }
}
