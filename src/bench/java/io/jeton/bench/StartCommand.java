package io.jeton.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** From the start of the process to its first 200, on a database that is set up; with and without the JDK's AOT cache, and native. */
final class StartCommand {
    static final Set<String> OPTIONS = Set.of("jar", "rounds", "native");

    private static final String DATABASE = "start";
    private static final Path CACHE = Path.of("target", "bench", "jeton.aot").toAbsolutePath();

    private final Options options;

    StartCommand(Options options) {
        this.options = options;
    }

    void run() throws Exception {
        Path jar = Path.of(options.get("jar", Jeton.FAST_JAR.toString()));
        Table table = new Table("start");
        table.say("| how | first 200 after, s | CPU until then, s | resident then, MiB |");
        table.say("| --- | --: | --: | --: |");
        Optional<Path> executable = options.get("native").map(Path::of).map(Path::toAbsolutePath);
        try (Postgres postgres = new Postgres()) {
            postgres.create(DATABASE);
            List<String> plain = Jeton.command(jar, Jeton.FLAGS);
            Jeton.startForNobody(postgres, DATABASE, plain).close();
            measure(table, "JVM", () -> Jeton.startForNobody(postgres, DATABASE, plain));
            if (Runtime.version().feature() >= 25) {
                Files.deleteIfExists(CACHE);
                List<String> recording = Jeton.command(jar, with("-XX:AOTCacheOutput=" + CACHE));
                Jeton.startForNobody(postgres, DATABASE, recording).close();
                List<String> cached = Jeton.command(jar, with("-XX:AOTCache=" + CACHE, "-Xlog:aot=error"));
                measure(table, "AOT cache", () -> Jeton.startForNobody(postgres, DATABASE, cached));
            }
            if (executable.isPresent()) {
                List<String> command = List.of(executable.get().toString(), "-Xmx48m");
                measure(table, "native", () -> Jeton.startForNobody(postgres, DATABASE, command));
            }
            if (Files.exists(CACHE)) {
                table.say("\nThe cache is %d MiB.", Files.size(CACHE) >> 20);
            }
        }
        table.write();
    }

    private void measure(Table table, String name, Callable<Jeton> start) throws Exception {
        List<double[]> rounds = new ArrayList<>();
        for (int round = 0; round < options.number("rounds", 5); round++) {
            try (Jeton jeton = start.call()) {
                Duration cpu = jeton.process().cpu();
                rounds.add(new double[] {
                    jeton.started().toMillis() / 1000.0,
                    cpu.toMillis() / 1000.0,
                    jeton.process().residentMib()
                });
            }
        }
        table.say("| %s | %.2f | %.2f | %.0f |", name, median(rounds, 0), median(rounds, 1), median(rounds, 2));
    }

    private static List<String> with(String... flags) {
        List<String> all = new ArrayList<>(Jeton.FLAGS);
        all.addAll(List.of(flags));
        return all;
    }

    private static double median(List<double[]> rounds, int figure) {
        return Table.median(rounds.stream().mapToDouble(round -> round[figure]));
    }
}
