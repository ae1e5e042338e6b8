package io.jeton.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jeton.managed.Fields;
import io.jeton.managed.Violation;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that somebody sent: strict, of little depth, in which no name comes twice. Its members are in snake_case,
 * and asked for in kebab-case, as the rules name them. Whatever is wrong is gathered until {@link #check}.
 */
public final class JsonBody implements Fields {
    public static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final int DEEPEST = 8;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode members;
    private final Set<String> known = new HashSet<>();
    private final List<Violation> found = new ArrayList<>();
    private final Map<String, JsonBody> inner = new LinkedHashMap<>();

    public JsonBody(ObjectNode members) {
        this.members = members;
    }

    static JsonBody read(@Nullable String contentType, byte[] body) {
        return new JsonBody(object(contentType, JSON, body));
    }

    /** @throws ProblemException where it is of another type, or no JSON object */
    public static ObjectNode object(@Nullable String contentType, String expected, byte[] body) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(expected)) {
            throw ProblemException.unsupportedMediaType(expected);
        }
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw ProblemException.badRequest(
                    "the body is no JSON, nests more than " + DEEPEST + " deep or says something twice");
        }
        throw ProblemException.badRequest("the body must be a JSON object");
    }

    /** JSON that was checked when it was stored. */
    static JsonNode stored(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("a row holds what is no JSON", e);
        }
    }

    static String wireName(String name) {
        return name.replace('-', '_');
    }

    @Override
    public Optional<String> text(String name) {
        return value(name, JsonNode::isTextual, "must be text", JsonNode::textValue);
    }

    @Override
    public Optional<Boolean> flag(String name) {
        return value(name, JsonNode::isBoolean, "must be true or false", JsonNode::booleanValue);
    }

    @Override
    public Optional<Integer> number(String name) {
        return value(
                name,
                node -> node.isIntegralNumber() && node.canConvertToInt(),
                "must be a whole number",
                JsonNode::intValue);
    }

    @Override
    public Optional<Duration> duration(String name) {
        String otherwise = "must be a duration of ISO 8601, for example PT1H";
        return value(name, JsonNode::isTextual, otherwise, JsonNode::textValue).flatMap(text -> {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException e) {
                refuse(name, otherwise);
                return Optional.empty();
            }
        });
    }

    @Override
    public Optional<List<String>> texts(String name) {
        return value(
                name,
                node -> node.isArray() && elements(node).stream().allMatch(JsonNode::isTextual),
                "must be a list of texts",
                node -> elements(node).stream().map(JsonNode::textValue).toList());
    }

    @Override
    public Optional<String> json(String name) {
        return value(name, JsonNode::isObject, "must be an object", JsonNode::toString);
    }

    /** An object in this one, empty where it is missing. What is wrong with it is wrong with this one. */
    JsonBody within(String name) {
        return value(name, JsonNode::isObject, "must be an object", node -> new JsonBody((ObjectNode) node))
                .map(object -> {
                    inner.put(name, object);
                    return object;
                })
                .orElseGet(() -> new JsonBody(MAPPER.createObjectNode()));
    }

    /** Says that something is wrong with a value. */
    void refuse(String name, String rule) {
        found.add(new Violation(name, rule));
    }

    /** Names that an answer has, and that a request may bring back without effect. */
    void ignore(Iterable<String> names) {
        names.forEach(name -> members.remove(wireName(name)));
    }

    /** @throws ProblemException with all that is wrong: what was refused, and members that nobody asked for */
    public void check() {
        List<Violation> all = faults();
        if (!all.isEmpty()) {
            throw ProblemException.invalid(all);
        }
    }

    private List<Violation> faults() {
        List<Violation> all = new ArrayList<>(found);
        members.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                all.add(new Violation(shown(name), "is not known here"));
            }
        });
        // A pointer goes down by a stroke: RFC 6901.
        inner.forEach((name, object) ->
                object.faults().forEach(fault -> all.add(new Violation(name + "/" + fault.path(), fault.rule()))));
        return all;
    }

    private <T> Optional<T> value(
            String name, Predicate<JsonNode> isRight, String otherwise, Function<JsonNode, T> reader) {
        known.add(wireName(name));
        @Nullable JsonNode node = members.get(wireName(name));
        if (node == null) {
            return Optional.empty();
        }
        if (!isRight.test(node)) {
            refuse(name, otherwise);
            return Optional.empty();
        }
        return Optional.of(reader.apply(node));
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** A name from outside, as a short pointer of plain characters. */
    private static String shown(String name) {
        return name.codePoints()
                .limit(50)
                .map(c -> c >= 0x21 && c <= 0x7E && "<>\"&~/".indexOf(c) < 0 ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
