package io.jeton.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports side by side, through the command line. */
class ComparisonTest {
    private static final Case FIRST = new Case("RFC 1 §1", Level.MUST, "It is there", server -> Verdict.passed());
    private static final Case SECOND = new Case("RFC 1 §2", Level.SHOULD, "It is kind", server -> Verdict.passed());
    private static final Case THIRD = new Case("RFC 1 §3", Level.MUST, "It is old", server -> Verdict.passed());

    @TempDir
    private Path folder;

    @Test
    void reportsBecomeOneTable() throws IOException {
        Path results = folder.resolve("results.md");
        assertEquals(
                0,
                Main.run(
                        "--compare",
                        "One 1.0=" + report(Verdict.passed(), Verdict.failed("a|b"), Verdict.skipped("too young")),
                        "--compare",
                        "Two=" + report(Verdict.failed("status 500"), Verdict.passed(), Verdict.skipped("too young")),
                        "--markdown",
                        results.toString()));
        String expected = """
                | | MUST | SHOULD | PRACTICE |
                | --- | --: | --: | --: |
                | One 1.0 | 1 of 1 (1 skipped) | 0 of 1 | 0 of 0 |
                | Two | 0 of 1 (1 skipped) | 1 of 1 | 0 of 0 |

                ## What was seen where the answer is no

                - One 1.0, RFC 1 §2 (SHOULD): It is kind: seen was a/b
                - Two, RFC 1 §1 (MUST): It is there: seen was status 500

                ## What was skipped, and why

                - One 1.0: too young (1)
                - Two: too young (1)

                ## Every case

                | section | level | the server does this | One 1.0 | Two |
                | --- | --- | --- | --- | --- |
                | RFC 1 §1 | MUST | It is there | yes | **no** |
                | RFC 1 §2 | SHOULD | It is kind | **no** | yes |
                | RFC 1 §3 | MUST | It is old | – | – |
                """;
        assertTrue(Files.readString(results).contains(expected), () -> read(results));
    }

    @Test
    void whatPeopleWroteAroundTheTablesStays() throws IOException {
        Path results = folder.resolve("results.md");
        compare(results, report(Verdict.passed(), Verdict.passed(), Verdict.passed()));
        Files.writeString(results, "# Before\n\n" + read(results) + "\nAfter\n");
        compare(results, report(Verdict.failed("nothing"), Verdict.passed(), Verdict.passed()));
        String now = read(results);
        assertTrue(now.startsWith("# Before\n\n<!-- ") && now.endsWith(" -->\n\nAfter\n"), now);
        assertTrue(now.contains("| One | 1 of 2 | 1 of 1 | 0 of 0 |"), now);
        assertFalse(now.contains("2 of 2"), now);
    }

    @Test
    void reportsOfDifferentCasesAreRefused() throws IOException {
        Path other = write(new Report("x", List.of(new Report.Line(FIRST, Verdict.passed()))), "other");
        assertEquals(
                2,
                Main.run(
                        "--compare",
                        "One=" + report(Verdict.passed(), Verdict.passed(), Verdict.passed()),
                        "--compare",
                        "Two=" + other));
    }

    @Test
    void whatIsMeantForARunIsRefusedInAComparisonAndTheOtherWayRound() throws IOException {
        String one = "One=" + report(Verdict.passed(), Verdict.passed(), Verdict.passed());
        assertEquals(2, Main.run("--compare", one, "--issuer", "http://localhost"));
        assertEquals(2, Main.run("--compare", "no-name"));
        assertEquals(2, Main.run("--compare", "One=" + folder.resolve("nothing")));
        assertEquals(2, Main.run("--issuer", "http://localhost", "--issuer", "http://localhost", "--client-id", "x"));
        assertEquals(2, Main.run("--isuer", "http://localhost", "--client-id", "x"));
        assertEquals(2, Main.run("--client-id", "x"));
    }

    private static void compare(Path results, Path report) throws IOException {
        assertEquals(0, Main.run("--compare", "One=" + report, "--markdown", results.toString()));
    }

    private Path report(Verdict first, Verdict second, Verdict third) throws IOException {
        Report report = new Report(
                "https://id.example.com",
                List.of(new Report.Line(FIRST, first), new Report.Line(SECOND, second), new Report.Line(THIRD, third)));
        return write(
                report, first.toString().hashCode() + "-" + second.toString().hashCode());
    }

    private Path write(Report report, String name) throws IOException {
        return Files.writeString(folder.resolve(name + ".json"), report.json());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
