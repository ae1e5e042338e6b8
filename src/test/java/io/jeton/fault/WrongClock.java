package io.jeton.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A process whose clock is off: Debian's package faketime. Skips the test where it is missing. */
final class WrongClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private WrongClock() {}

    static Map<String, String> by(Duration offset) throws IOException {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "skipped: faketime is not installed (Debian: apt-get install faketime)");
        // Timers use the monotonic clock, which never is wrong, and the C library's waits need no repair.
        return Map.of(
                "LD_PRELOAD",
                library.orElseThrow().toString(),
                "FAKETIME",
                String.format("%+ds", offset.toSeconds()),
                "DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> architectures = Files.list(LIBRARIES)) {
            return architectures
                    .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        }
    }
}
