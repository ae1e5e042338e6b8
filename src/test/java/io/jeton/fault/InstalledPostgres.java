package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jeton.demo.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The newest PostgreSQL of Debian's packages, whose tools fit its server. Skips the test where there is none. */
record InstalledPostgres(Path programs) {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final List<String> NEEDED = List.of("initdb", "postgres", "pg_dump", "pg_restore");

    static InstalledPostgres found() throws IOException {
        Optional<InstalledPostgres> newest = newest();
        assumeTrue(
                newest.isPresent(),
                "skipped: no PostgreSQL is installed that has pg_dump (Debian: apt-get install postgresql)");
        return newest.orElseThrow();
    }

    /** The major one. */
    int version() {
        return Integer.parseInt(programs.getParent().getFileName().toString());
    }

    /** A server of its own, apart from any that the package may have started. */
    EmbeddedPostgres start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target"), "postgresql-installed-");
        return EmbeddedPostgres.start(folder, programs, "fsync=off", "max_connections=200");
    }

    /** Runs a program on a database; fails where it fails. */
    void run(EmbeddedPostgres server, String program, String database, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of("--dbname=" + server.reactiveUrl(database), "--username=" + server.user()));
        command.add("--no-password");
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(Path.of("target"), program + "-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGPASSWORD", server.password());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> program + " does not end");
            assertEquals(0, process.exitValue(), program + ": " + Files.readString(log));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Optional<InstalledPostgres> newest() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .map(version -> new InstalledPostgres(version.resolve("bin")))
                    .filter(InstalledPostgres::isWhole)
                    .max(Comparator.comparingInt(InstalledPostgres::version));
        }
    }

    private boolean isWhole() {
        return NEEDED.stream().allMatch(program -> Files.isExecutable(programs.resolve(program)));
    }
}
