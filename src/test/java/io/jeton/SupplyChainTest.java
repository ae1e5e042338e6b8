package io.jeton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a build is made of is said in the repository, and is the same tomorrow. */
class SupplyChainTest {
    private static final Pattern LOOSE = Pattern.compile("LATEST|RELEASE|.*-SNAPSHOT|[\\[(].*");

    @Test
    void everyPluginOfEveryProfileIsPinned() throws Exception {
        Map<String, Boolean> pinned = new TreeMap<>();
        for (Element plugin : elements(pom(), "plugin")) {
            pinned.merge(child(plugin, "artifactId"), !child(plugin, "version").isEmpty(), Boolean::logicalOr);
        }
        assertTrue(pinned.containsKey("maven-failsafe-plugin"), "the test reads the pom");
        assertEquals(
                List.of(),
                pinned.keySet().stream().filter(name -> !pinned.get(name)).toList());
    }

    @Test
    void noVersionIsARangeOrMoves() throws Exception {
        List<String> loose = new ArrayList<>();
        Document pom = pom();
        for (String kind : List.of("plugin", "dependency", "path", "palantirJavaFormat")) {
            for (Element element : elements(pom, kind)) {
                String version = resolved(pom, child(element, "version"));
                if (LOOSE.matcher(version).matches()) {
                    loose.add(child(element, "artifactId") + " " + version);
                }
            }
        }
        assertEquals(List.of(), loose);
    }

    @Test
    void aBuildHasOneTimestamp() throws Exception {
        assertTrue(resolved(pom(), "${project.build.outputTimestamp}").matches("20\\d\\d-\\d\\d-\\d\\dT.*Z"));
    }

    /** A release pins the digest; what stands in the file at least says which line of the image it is. */
    @Test
    void everyBaseImageIsAnArgumentWithATag() throws IOException {
        for (String name : List.of("jvm", "native")) {
            String file = Files.readString(Path.of("native", "Containerfile." + name));
            List<String> images = matches("(?m)^ARG \\w+_IMAGE=(\\S+)$", file);
            assertTrue(images.size() >= 2, file);
            for (String image : images) {
                assertTrue(image.matches("[a-z0-9./-]+:[a-z0-9.-]*\\d[a-z0-9.-]*"), image);
            }
            List<String> stages = matches("(?m)^FROM \\S+ AS (\\S+)$", file);
            for (String from : matches("(?m)^FROM (\\S+)", file)) {
                assertTrue(from.matches("\\$\\{\\w+_IMAGE}") || stages.contains(from), from);
            }
        }
    }

    @Test
    void anImageRunsAsAUserThatOwnsNothing() throws IOException {
        for (String name : List.of("jvm", "native")) {
            String file = Files.readString(Path.of("native", "Containerfile." + name));
            assertEquals("10001:10001", last(matches("(?m)^USER (\\S+)$", file)), name);
            assertEquals("8080 9000", last(matches("(?m)^EXPOSE (.+)$", file)), name);
            assertTrue(file.contains("\nHEALTHCHECK "), name);
            assertTrue(matches("--chown=(\\S+)", file).isEmpty(), name);
        }
    }

    private static String last(List<String> all) {
        return all.get(all.size() - 1);
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Document pom() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new java.io.File("pom.xml"));
    }

    private static String resolved(Document pom, String text) {
        Matcher property = Pattern.compile("\\$\\{([^}]+)}").matcher(text);
        return property.matches() ? elements(pom, property.group(1)).get(0).getTextContent() : text;
    }

    private static List<Element> elements(Document pom, String name) {
        return all(pom.getElementsByTagName(name)).toList();
    }

    private static String child(Element element, String name) {
        return all(element.getChildNodes())
                .filter(child -> child.getTagName().equals(name))
                .map(Node::getTextContent)
                .findFirst()
                .orElse("");
    }

    private static Stream<Element> all(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }
}
