package io.jeton.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run PostgreSQL's programs as whoever we are. They refuse to run as root; in a user namespace of its own the
 * process is nobody, while its files stay ours.
 */
final class Launch {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Launch() {}

    /** A program that runs to its end. */
    static void run(Path log, List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        if (ROOT) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(command);
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(failure(command.get(0), log));
        }
    }

    /**
     * A server: in a session of its own, so that Ctrl-C reaches us first, and ended by the kernel when we are killed.
     */
    static Process server(Path log, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of("setsid"));
        if (ROOT) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        all.addAll(command);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static String failure(String program, Path log) throws IOException {
        String output = Files.exists(log) ? Files.readString(log) : "";
        return "%s failed; %s says:%n%s%s"
                .formatted(
                        program,
                        log,
                        output,
                        ROOT
                                ? "As root this needs user namespaces (unshare -U). Run it as an ordinary user, or set"
                                        + " QUARKUS_DATASOURCE_REACTIVE_URL to use a PostgreSQL of your own."
                                : "");
    }
}
