package io.jeton.bench;

import io.jeton.bench.load.Measured;
import io.jeton.refresh.RotateScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator with the statement of a refresh: no service, no HTTP, no signature. */
final class Pgbench {
    private static final Pattern COUNT = Pattern.compile("transactions actually processed: (\\d+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

    private final Postgres postgres;
    private final String database;

    Pgbench(Postgres postgres, String database) {
        this.postgres = postgres;
        this.database = database;
    }

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("pgbench", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Every client rotates a row of its own; the latencies other than the mean stay 0, pgbench does not tell them. What
     * connecting costs PostgreSQL, which a pool does once, is measured before and not counted.
     *
     * @param rate so many a second at the most; commits that come together share one flush of the log
     */
    Measured measure(String name, int clients, OptionalLong rate, Duration length) throws Exception {
        Path script = Path.of("target", "bench", "rotate.pgbench");
        Files.writeString(script, RotateScript.TEXT);
        Duration started = cpu();
        run(clients, script, "--transactions=1");
        Duration connected = cpu();
        List<String> timed = new ArrayList<>(List.of("--time=" + length.toSeconds()));
        rate.ifPresent(perSecond -> timed.add("--rate=" + perSecond));
        String output = run(clients, script, timed.toArray(String[]::new));
        Duration used = cpu().minus(connected).minus(connected.minus(started));
        long count = Long.parseLong(find(COUNT, output));
        return new Measured(
                name,
                clients,
                count,
                count * 1000.0 / length.toMillis(),
                Double.parseDouble(find(LATENCY, output)),
                0,
                0,
                0,
                0,
                (double) used.toMillis() / count,
                0,
                0);
    }

    private Duration cpu() {
        return postgres.processes().cpu();
    }

    private String run(int clients, Path script, String... how) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=1",
                "--define=gen=0",
                "--file=" + script,
                "--username=" + postgres.server().user()));
        command.addAll(List.of(how));
        command.add(postgres.server().jdbcUrl(database).substring("jdbc:".length()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", postgres.server().password());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pgbench failed: " + output);
        }
        return output;
    }

    private static String find(Pattern pattern, String output) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("pgbench says: " + output);
        }
        return matcher.group(1);
    }
}
