package io.jeton.declaration;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.jeton.declaration.Node.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * One YAML document as a tree, with lines. No aliases, so that a small file cannot grow large; no tags, no name twice,
 * little depth.
 */
final class YamlTree {
    private static final int DEEPEST = 16;

    private static final YAMLFactory YAML =
            YAMLFactory.builder().loaderOptions(limits()).build();

    private final YAMLParser parser;

    private YamlTree(YAMLParser parser) {
        this.parser = parser;
    }

    /** @throws UnreadableException where it is no such document */
    static Node read(byte[] yaml) throws UnreadableException {
        try (YAMLParser parser = YAML.createParser(yaml)) {
            @Nullable JsonToken first = parser.nextToken();
            if (first == null) {
                throw new UnreadableException(0, "is empty: it must hold clients or users, clients: {} for none");
            }
            YamlTree tree = new YamlTree(parser);
            Node root = tree.node(first, 0);
            if (parser.nextToken() != null) {
                throw new UnreadableException(tree.line(), "must be one document, not several");
            }
            return root;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(DeclarationFile.LARGEST);
        return options;
    }

    private Node node(JsonToken token, int depth) throws IOException, UnreadableException {
        if (depth > DEEPEST) {
            throw new UnreadableException(line(), "must not nest deeper than 16 levels");
        }
        if (parser.isCurrentAlias()) {
            throw new UnreadableException(line(), "must not use aliases (*name): write the value out");
        }
        if (parser.getTypeId() != null) {
            throw new UnreadableException(line(), "must not use tags (!name)");
        }
        return switch (token) {
            case START_OBJECT -> mapping(depth);
            case START_ARRAY -> sequence(depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(Kind.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(Kind.FLAG);
            case VALUE_NULL -> new Node.Scalar(line(), Kind.NOTHING, "");
            default -> scalar(Kind.TEXT);
        };
    }

    private Node mapping(int depth) throws IOException, UnreadableException {
        int line = line();
        Map<String, Node> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.isCurrentAlias()) {
                throw new UnreadableException(line(), "must not use aliases (*name): write the value out");
            }
            String name = parser.currentName();
            int named = line();
            if (members.put(name, node(parser.nextToken(), depth + 1)) != null) {
                throw new UnreadableException(named, "must not say the same name twice: " + shown(name));
            }
        }
        return new Node.Mapping(line, members);
    }

    private Node sequence(int depth) throws IOException, UnreadableException {
        int line = line();
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new Node.Sequence(line, items);
    }

    private Node scalar(Kind kind) throws IOException {
        return new Node.Scalar(line(), kind, parser.getText());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** A name as it can be printed: somebody may have put anything there. */
    static String shown(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "..." : plain;
    }

    /** What the library says of it quotes the file, where secrets may be; its word on the problem does not. */
    private static UnreadableException unreadable(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
                return new UnreadableException(
                        marked.getProblemMark().getLine() + 1, "is not YAML: " + shown(marked.getProblem()));
            }
        }
        return new UnreadableException(0, "is not YAML of at most 1 MB in UTF-8, or nests too deep");
    }
}
