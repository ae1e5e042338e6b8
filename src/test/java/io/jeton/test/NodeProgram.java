package io.jeton.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program of {@code src/test/node}, which uses what others published. Skips the test where node cannot run it. */
public final class NodeProgram {
    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "node");

    private NodeProgram() {}

    /** Runs it to its end, which must be a good one. */
    public static void run(String program, List<String> arguments, Consumer<String> line)
            throws IOException, InterruptedException {
        assumeTrue(installed(), "skipped: node and npm are not here, or npm cannot install src/test/node/package.json");
        List<String> command =
                new ArrayList<>(List.of("node", copy(program).getFileName().toString()));
        command.addAll(arguments);
        Process node = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> output = new ArrayList<>();
        try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                output.add(text);
                line.accept(text);
            }
        }
        assertTrue(node.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, node.exitValue(), String.join("\n", output));
        assertEquals("done", output.get(output.size() - 1));
    }

    private static boolean installed() throws IOException, InterruptedException {
        copy("package.json");
        try {
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("npm.log").toFile())
                    .start();
            return npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path copy(String file) throws IOException {
        Files.createDirectories(FOLDER);
        return Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
