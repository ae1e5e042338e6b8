package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LoadRun;
import io.jeton.bench.load.Measured;
import io.jeton.bench.load.Scenario;
import io.jeton.bench.load.Watched;
import io.jeton.bench.load.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Where the CPU time of a refresh goes: by room of the code, and so by feature, and by layer of the frameworks. */
final class ProfileCommand {
    static final Set<String> OPTIONS = Set.of("connections", "jar", "seconds", "warm-up");

    private static final int FIRST_JDK = 25;
    private static final String EVENT = "jdk.CPUTimeSample";
    private static final Path RECORDING =
            Path.of("target", "bench", "profile.jfr").toAbsolutePath();
    private static final List<String> RECORD = List.of(
            "-XX:FlightRecorderOptions:stackdepth=512",
            "-XX:StartFlightRecording:settings=none,dumponexit=true,filename=" + RECORDING + ",+" + EVENT
                    + "#enabled=true,+" + EVENT + "#throttle=5ms");

    private final Options options;

    ProfileCommand(Options options) {
        this.options = options;
    }

    void run() throws Exception {
        if (Runtime.version().feature() < FIRST_JDK) {
            throw new IllegalArgumentException("samples of CPU time need JDK " + FIRST_JDK);
        }
        Path jar = Path.of(options.get("jar", Jeton.FAST_JAR.toString()));
        Table table = new Table("profile");
        Clock clock = Clock.systemUTC();
        Instant from;
        Measured measured;
        try (Postgres postgres = new Postgres()) {
            postgres.create("jeton");
            List<String> flags = new ArrayList<>(Jeton.FLAGS);
            flags.addAll(RECORD);
            try (Jeton jeton = Jeton.start(postgres, "jeton", jar, flags);
                    Http http = new Http(options.number("connections", 16))) {
                Watched watched = new Watched(jeton.process(), postgres.processes());
                List<Scenario> workers =
                        Workload.REFRESH.workers(jeton.target(), http, options.number("connections", 16));
                LoadRun.measure(
                        "warm-up", http, workers, watched, options.seconds("warm-up", 40), Duration.ofSeconds(1));
                from = clock.instant();
                measured = LoadRun.measure(
                        "refresh", http, workers, watched, Duration.ofMillis(1), options.seconds("seconds", 60));
            }
        }
        print(table, measured, samples(from, from.plus(options.seconds("seconds", 60))));
        table.write();
    }

    /** The CPU time of each share, in milliseconds. */
    private static Map<String, Double> samples(Instant from, Instant to) throws IOException {
        Map<String, Double> shares = new HashMap<>();
        try (RecordingFile recording = new RecordingFile(RECORDING)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                boolean within = !event.getStartTime().isBefore(from)
                        && !event.getStartTime().isAfter(to);
                if (within && event.getEventType().getName().equals(EVENT)) {
                    String share = event.getStackTrace() == null ? "no stack" : Share.of(event.getStackTrace());
                    shares.merge(share, event.getDuration("samplingPeriod").toNanos() / 1e6, Double::sum);
                }
            }
        }
        return shares;
    }

    private static void print(Table table, Measured measured, Map<String, Double> shares) {
        double whole = measured.serverCpu() * measured.count();
        double sampled = shares.values().stream().mapToDouble(share -> share).sum();
        shares.put("the JVM: garbage collector, compiler, what is not sampled", whole - sampled);
        table.say(
                "%d refreshes, %.3f ms of server CPU each; %d connections.\n",
                measured.count(), measured.serverCpu(), measured.connections());
        table.say("| what | µs per refresh | % |");
        table.say("| --- | --: | --: |");
        shares.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(share -> table.say(
                        "| %s | %.2f | %.1f |",
                        share.getKey(), 1000 * share.getValue() / measured.count(), 100 * share.getValue() / whole));
    }
}
