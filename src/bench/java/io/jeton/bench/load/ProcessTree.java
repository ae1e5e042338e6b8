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

    private Stream<Long> processes() {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid);
    }

    private static long ticks(long process) {
        String stat = read(process, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        // The name is in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = USER_TIME; field <= CHILDREN_SYSTEM_TIME; field++) {
            ticks += Long.parseLong(fields[field - FIRST_FIELD_AFTER_NAME]);
        }
        return ticks;
    }

    private static long status(long process, String name) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Empty where it has just ended: its time is now its parent's. */
    private static String read(long process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process), file));
        } catch (IOException e) {
            return "";
        }
    }
}
