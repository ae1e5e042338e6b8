package io.jeton.bench;

import io.jeton.bench.load.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What a command found, as a table for people on the console and in {@code target/bench/NAME.md}. */
final class Table {
    private static final Path FOLDER = Path.of("target", "bench");

    private final String name;
    private final List<String> lines = new ArrayList<>();

    Table(String name) throws IOException {
        this.name = name;
        say(machine() + "\n");
    }

    void say(String format, Object... figures) {
        String line = figures.length == 0 ? format : String.format(Locale.ROOT, format, figures);
        System.out.println(line);
        lines.add(line);
    }

    void row(Measured measured) {
        say(measured.row().replace("%", "%%"));
    }

    /** Every single run, for machines. */
    static void keep(String name, Measured measured) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve(name + ".jsonl"),
                measured.json() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    void write() throws IOException {
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name + ".md"), lines);
    }

    static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return median(rounds.stream().mapToDouble(figure));
    }

    static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of each figure by itself. */
    static Measured median(List<Measured> rounds) {
        Measured any = rounds.get(0);
        return new Measured(
                any.name(),
                any.connections(),
                rounds.stream().mapToLong(Measured::count).sum(),
                median(rounds, Measured::perSecond),
                median(rounds, Measured::p50),
                median(rounds, Measured::p95),
                median(rounds, Measured::p99),
                median(rounds, Measured::p999),
                median(rounds, Measured::serverCpu),
                median(rounds, Measured::databaseCpu),
                rounds.stream().mapToLong(Measured::peakMib).max().orElseThrow(),
                Math.round(median(rounds, Measured::bytes)));
    }

    private static String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("processor unknown");
        return "%s, %s × %s, JDK %s"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                                .filter(line -> line.startsWith("processor"))
                                .count(),
                        model,
                        Runtime.version());
    }
}
