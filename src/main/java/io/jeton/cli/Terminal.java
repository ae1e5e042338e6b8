package io.jeton.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The standard streams: answers go out, complaints beside them, passwords come in. */
final class Terminal {
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final int LONGEST_LINE = 4096;

    private Terminal() {}

    static void answer(String text) {
        print(FileDescriptor.out, text);
    }

    static void complain(String text) {
        print(FileDescriptor.err, text);
    }

    /**
     * Asked for twice on a terminal, or the first line of what is piped in. Never an argument, which others could see.
     *
     * @return nothing where the second time was another one
     */
    static Optional<String> password(String prompt) throws IOException {
        Optional<Console> console = isTerminal() ? Optional.ofNullable(System.console()) : Optional.empty();
        return console.isPresent() ? typed(console.get(), prompt) : Optional.of(line(System.in));
    }

    private static Optional<String> typed(Console console, String prompt) {
        // Null where the input ends instead.
        char[] once = console.readPassword("%s: ", prompt);
        char[] again = console.readPassword("%s, again: ", prompt);
        return Optional.ofNullable(once)
                .filter(said -> Arrays.equals(said, again))
                .map(String::valueOf);
    }

    /** Whether a person types: since JDK 22 there is a console either way. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(STANDARD_INPUT).toString().matches("/dev/(pts/|tty|console).*");
        } catch (IOException e) {
            return false;
        }
    }

    static String line(InputStream input) throws IOException {
        String text = new String(input.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("");
    }

    /** In UTF-8, whatever the locale of a container is. */
    private static void print(FileDescriptor where, String text) {
        PrintStream stream = new PrintStream(new FileOutputStream(where), true, StandardCharsets.UTF_8);
        stream.println(text);
    }
}
