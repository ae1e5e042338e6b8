package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LoadRun;
import io.jeton.bench.load.Measured;
import io.jeton.bench.load.ProcessTree;
import io.jeton.bench.load.Scenario;
import io.jeton.bench.load.Watched;
import io.jeton.bench.load.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a refresh costs from the first one after the start on, and how much of it is the JIT's compiling. */
final class WarmUpCommand {
    static final Set<String> OPTIONS = Set.of("connections", "every", "flags", "jar", "seconds");

    private final Options options;

    WarmUpCommand(Options options) {
        this.options = options;
    }

    /** What the kernel has counted so far; times in its ticks. */
    private record Counted(Duration compilers, long stolen, long all) {
        private static final int STOLEN = 8;

        static Counted now(ProcessTree server) throws IOException {
            String[] ticks = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +", -1);
            long all = 0;
            for (int i = 1; i <= STOLEN; i++) {
                all += Long.parseLong(ticks[i]);
            }
            return new Counted(server.cpuOfThreads("C[12] Compiler.*"), Long.parseLong(ticks[STOLEN]), all);
        }

        double compiling(Counted before, long requests) {
            return (double) compilers.minus(before.compilers).toMillis() / requests;
        }

        double stolenPercent(Counted before) {
            return 100.0 * (stolen - before.stolen) / Math.max(1, all - before.all);
        }
    }

    void run() throws Exception {
        Path jar = Path.of(options.get("jar", Jeton.FAST_JAR.toString()));
        int connections = options.number("connections", 16);
        List<String> flags = new ArrayList<>(Jeton.FLAGS);
        // Their time goes with a thread that ends.
        flags.add("-XX:-UseDynamicNumberOfCompilerThreads");
        options.get("flags").ifPresent(more -> flags.addAll(List.of(more.split(" ", -1))));
        Table table = new Table("warm-up");
        table.say(
                "| seconds | per second | p50 ms | p99 ms | server CPU ms | compiling ms | without it ms | database CPU ms | stolen % |");
        table.say("| --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        try (Postgres postgres = new Postgres()) {
            postgres.create("jeton");
            try (Jeton jeton = Jeton.start(postgres, "jeton", jar, flags);
                    Http http = new Http(connections)) {
                measure(table, jeton, http, new Watched(jeton.process(), postgres.processes()), connections);
            }
        }
        table.write();
    }

    private void measure(Table table, Jeton jeton, Http http, Watched watched, int connections) throws Exception {
        List<Scenario> workers = Workload.REFRESH.workers(jeton.target(), http, connections);
        int every = options.number("every", 10);
        for (int second = 0; second < options.number("seconds", 180); second += every) {
            Counted before = Counted.now(watched.server());
            Measured measured =
                    LoadRun.measure("refresh", http, workers, watched, Duration.ofMillis(1), Duration.ofSeconds(every));
            Counted after = Counted.now(watched.server());
            Table.keep("warm-up", measured);
            double compiling = after.compiling(before, measured.count());
            table.say(
                    "| %s | %.0f | %.2f | %.2f | %.3f | %.3f | %.3f | %.3f | %.1f |",
                    String.format(Locale.ROOT, "%d to %d", second, second + every),
                    measured.perSecond(),
                    measured.p50(),
                    measured.p99(),
                    measured.serverCpu(),
                    compiling,
                    measured.serverCpu() - compiling,
                    measured.databaseCpu(),
                    after.stolenPercent(before));
        }
    }
}
