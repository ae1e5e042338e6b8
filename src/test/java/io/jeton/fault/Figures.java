package io.jeton.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/** What was seen, one line for each test, in {@code target/faults}. */
final class Figures {
    private static final Path FOLDER = Path.of("target", "faults");

    private Figures() {}

    static void note(String topic, String format, Object... figures) {
        String line = String.format(Locale.ROOT, format, figures);
        System.out.println(topic + ": " + line);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve(topic + ".txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
