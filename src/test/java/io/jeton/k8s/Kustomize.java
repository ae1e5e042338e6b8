package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds folders with {@code kubectl kustomize}. Skips the test where that is missing, or too old to know components. */
final class Kustomize {
    private static final Path K8S = Path.of("k8s");
    private static final Path SCRATCH = Path.of("target", "k8s");
    private static final Pattern VERSION = Pattern.compile("Kustomize Version: v(\\d+)\\.");
    private static final YAMLMapper YAML = new YAMLMapper();

    private Kustomize() {}

    static List<Manifest> overlay(String name) throws IOException, InterruptedException {
        return build(K8S.resolve("overlays").resolve(name));
    }

    static List<Manifest> base() throws IOException, InterruptedException {
        return build(K8S.resolve("base"));
    }

    /** The base with these components, in this order, as an overlay of somebody's own would have them. */
    static List<Manifest> with(List<String> components) throws IOException, InterruptedException {
        Path folder = SCRATCH.resolve(String.join("+", components));
        Files.createDirectories(folder);
        String text = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: elsewhere
                resources: [../../../k8s/base]
                components:
                """
                + components.stream()
                        .map(component -> "  - ../../../k8s/components/" + component)
                        .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("kustomization.yaml"), text);
        return build(folder);
    }

    static List<Manifest> read(String yaml) throws IOException {
        List<Manifest> all = new ArrayList<>();
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(yaml)) {
            documents.forEachRemaining(document -> all.add(new Manifest(document)));
        }
        return all;
    }

    private static List<Manifest> build(Path folder) throws IOException, InterruptedException {
        assumeTrue(isHere(), "skipped: no kubectl with kustomize 4 or newer, which knows components");
        Files.createDirectories(SCRATCH);
        Path errors = SCRATCH.resolve("kustomize.log");
        Process process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectError(errors.toFile())
                .start();
        String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> text(errors));
        assertEquals("", text(errors), "what is deprecated or suspicious is told there");
        return read(yaml);
    }

    private static boolean isHere() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("kubectl", "version", "--client")
                    .redirectErrorStream(true)
                    .start();
            Matcher version =
                    VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return process.waitFor(1, TimeUnit.MINUTES) && version.find() && Integer.parseInt(version.group(1)) >= 4;
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
