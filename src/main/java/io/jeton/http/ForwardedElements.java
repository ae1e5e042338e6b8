package io.jeton.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Forwarded}: RFC 7239 §4, §6. Pure. */
final class ForwardedElements {
    /**
     * A pair, or nothing, up to the next semicolon; a value with a backslash is no address. The end is {@code \z}: a dollar
     * stops before a line's end too, which an asker can write (U+0085), and reading would stop there forever.
     */
    private static final Pattern PAIR = Pattern.compile(
            "[ \t]*(?:([A-Za-z0-9!#$%&'*+.^_`|~-]+)=(?:\"([^\"\\\\]*)\"|([^\\s\",;=\\\\]+)))?[ \t]*(?:;|\\z)");

    private static final Pattern NODE = Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+))(?::[A-Za-z0-9._-]{1,50})?");

    private ForwardedElements() {}

    /**
     * The elements, the last first, for as many as there are in sight. They are read from the right: what the asker began
     * with, an open quote perhaps, must not swallow what a proxy has added.
     */
    static List<String> fromTheRight(String header) {
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int end = header.length();
        for (int at = end - 1; at >= 0; at--) {
            if (header.charAt(at) == '"') {
                quoted = !quoted;
            } else if (header.charAt(at) == ',' && !quoted) {
                elements.add(header.substring(at + 1, end));
                end = at;
            }
        }
        elements.add(header.substring(0, end));
        return elements;
    }

    /** Whom an element says that it came from ({@code for}), without a port; nothing where it is malformed or does not say. */
    static Optional<String> node(String element) {
        Optional<String> node = Optional.empty();
        Matcher pair = PAIR.matcher(element);
        int at = 0;
        while (at < element.length()) {
            pair.region(at, element.length());
            if (!pair.lookingAt()) {
                return Optional.empty();
            }
            if ("for".equalsIgnoreCase(pair.group(1))) {
                if (node.isPresent()) {
                    return Optional.empty();
                }
                node = Optional.of(pair.group(2) == null ? pair.group(3) : pair.group(2));
            }
            at = pair.end();
        }
        return node.flatMap(ForwardedElements::address);
    }

    private static Optional<String> address(String node) {
        Matcher parts = NODE.matcher(node);
        return parts.matches()
                ? Optional.of(parts.group(1) == null ? parts.group(2) : parts.group(1))
                : Optional.empty();
    }
}
