package io.jeton.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A process and its children, as Linux counts what they use. */
public record ProcessTree(long pid) {
    private static final long TICK_MILLIS = 10;
    private static final int FIRST_FIELD_AFTER_NAME = 3;
    private static final int USER_TIME = 14;
    private static final int SYSTEM_TIME = 15;
    private static final int CHILDREN_SYSTEM_TIME = 17;

    /** CPU time so far, that of ended children included; in steps of 10 ms. */
    public Duration cpu() {
        return Duration.ofMillis(
                TICK_MILLIS * processes().mapToLong(ProcessTree::ticks).sum());
    }

    /** The most memory the largest of them ever had resident, in MiB. */
    public long peakMib() {
        return processes().mapToLong(process -> status(process, "VmHWM")).max().orElse(0) / 1024;
    }

    /** The memory the largest of them has resident now, in MiB. */
    public long residentMib() {
        return processes().mapToLong(process -> status(process, "VmRSS")).max().orElse(0) / 1024;
    }

    /**
     * CPU time so far of those threads of the process that live, in steps of 10 ms.
     *
     * @param names as Linux cuts them, to 15 characters
     */
    public Duration cpuOfThreads(String names) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return Duration.ofMillis(TICK_MILLIS
                    * threads.map(thread -> read(thread.resolve("stat")))
                            .filter(stat -> name(stat).matches(names))
                            .mapToLong(stat -> ticks(stat, SYSTEM_TIME))
                            .sum());
        }
    }

    private Stream<Long> processes() {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid);
    }

    private static long ticks(long process) {
        return ticks(read(file(process, "stat")), CHILDREN_SYSTEM_TIME);
    }

    private static String name(String stat) {
        return stat.substring(stat.indexOf('(') + 1, Math.max(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
    }

    private static long ticks(String stat, int last) {
        if (stat.isEmpty()) {
            return 0;
        }
        // The name is in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = USER_TIME; field <= last; field++) {
            ticks += Long.parseLong(fields[field - FIRST_FIELD_AFTER_NAME]);
        }
        return ticks;
    }

    private static long status(long process, String name) {
        return read(file(process, "status"))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static Path file(long process, String name) {
        return Path.of("/proc", String.valueOf(process), name);
    }

    /** Empty where it has just ended: its time is now its parent's. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
