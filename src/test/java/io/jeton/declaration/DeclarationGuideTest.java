package io.jeton.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.client.ClientSpecification;
import io.jeton.managed.Fields;
import io.jeton.test.ServiceTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows is read as it stands, and the schema knows what the service knows. */
@ServiceTest
class DeclarationGuideTest {
    private static final Set<String> OF_SECRETS = Set.of("secret", "secret-env", "secret-file");

    @Inject
    DeclarationFile reader;

    @TempDir
    Path folder;

    @Test
    void theExampleOfTheGuideIsRight() throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        for (String name : List.of("backend", "alice", "carol")) {
            Files.writeString(folder.resolve("secrets").resolve(name), "0123456789-0123456789-0123456789\n");
        }
        // The tests have these in their configuration.
        Files.writeString(
                folder.resolve("d.yaml"),
                example().replace("  alice:", "  alison:").replace("  kettle:", "  teapot:"));
        Declarations declarations = reader.read(folder.resolve("d.yaml"));
        assertEquals(List.of(), declarations.problems());
        assertEquals(4, declarations.clients().size());
        assertEquals(3, declarations.users().size());
    }

    @Test
    void theSchemaKnowsTheNamesThatAreRead() throws IOException {
        RecordedFields fields = new RecordedFields();
        ClientSpecification unused = ClientSpecification.read("id", fields);
        fields.names.addAll(OF_SECRETS);
        assertEquals(fields.names, names(schema("clients")));
    }

    @Test
    void theExampleFitsTheSchema() throws Exception {
        Node.Mapping root = (Node.Mapping) YamlTree.read(example().getBytes(StandardCharsets.UTF_8));
        for (String section : List.of("clients", "users")) {
            JsonNode schema = schema(section);
            ((Node.Mapping) root.members().get(section)).members().values().forEach(entry -> ((Node.Mapping) entry)
                    .members()
                    .forEach((name, value) ->
                            assertTrue(schema.path(name).path("type").toString().contains(type(value)), name)));
        }
    }

    private static String type(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return Map.of(Node.Kind.TEXT, "string", Node.Kind.FLAG, "boolean", Node.Kind.NUMBER, "integer")
                    .get(scalar.kind());
        }
        return node instanceof Node.Mapping ? "object" : "array";
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new HashSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode schema(String section) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("src/docs/declarations.schema.json").toFile())
                .path("properties")
                .path(section)
                .path("additionalProperties")
                .path("properties");
    }

    private static String example() throws IOException {
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/docs/guides/declarations.md")));
        assertTrue(block.find());
        return block.group(1);
    }

    private static final class RecordedFields implements Fields {
        private final Set<String> names = new HashSet<>();

        private <T> Optional<T> note(String name) {
            names.add(name);
            return Optional.empty();
        }

        @Override
        public Optional<String> text(String name) {
            return note(name);
        }

        @Override
        public Optional<Boolean> flag(String name) {
            return note(name);
        }

        @Override
        public Optional<Integer> number(String name) {
            return note(name);
        }

        @Override
        public Optional<Duration> duration(String name) {
            return note(name);
        }

        @Override
        public Optional<List<String>> texts(String name) {
            return note(name);
        }

        @Override
        public Optional<String> json(String name) {
            return note(name);
        }
    }
}
