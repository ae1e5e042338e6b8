package io.jeton.cli;

import io.jeton.admin.ProblemException;
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
import org.jspecify.annotations.Nullable;

/** The standard streams: answers go out, complaints beside them, passwords come in. */
final class Terminal {
    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final int LONGEST_LINE = 4096;

    private Terminal() {}

    /** @return whether it could be written */
    static boolean answer(String text) {
        return print(FileDescriptor.out, text);
    }

    static void complain(String text) {
        boolean unused = print(FileDescriptor.err, text);
    }

    /**
     * Asked for twice on a terminal, or the first line of what is piped in. Never an argument, which others could see.
     *
     * @throws ProblemException where it cannot be read, or the second time was another one
     */
    static String password(String prompt) throws IOException {
        if (!isTerminal()) {
            return line(System.in);
        }
        Console console = Optional.ofNullable(System.console()).orElseThrow(Terminal::noConsole);
        return typed(console.readPassword("%s: ", prompt), console.readPassword("%s, again: ", prompt));
    }

    /** @param once null where the input ended instead */
    static String typed(char @Nullable [] once, char @Nullable [] again) {
        if (once == null || !Arrays.equals(once, again)) {
            throw ProblemException.badRequest("the second time it was another one");
        }
        return readable(String.valueOf(once));
    }

    /** Read as a line it would be seen while it is typed. */
    private static ProblemException noConsole() {
        return ProblemException.badRequest(
                "a password is typed where standard output is a terminal too: do not redirect it, or pipe the password in");
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
        byte[] bytes = input.readNBytes(LONGEST_LINE + 1);
        String first =
                new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        if (first.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE) {
            throw ProblemException.badRequest("the first line is longer than any password");
        }
        return readable(first);
    }

    /** What cannot be read becomes the same character, so that one password would be as good as another. */
    private static String readable(String password) {
        if (password.contains("\uFFFD")) {
            throw ProblemException.badRequest(
                    "the password has characters that cannot be read: set LC_ALL=C.UTF-8, or pipe it in in UTF-8");
        }
        return password;
    }

    /** In UTF-8, whatever the locale of a container is. */
    private static boolean print(FileDescriptor where, String text) {
        PrintStream stream = new PrintStream(new FileOutputStream(where), true, StandardCharsets.UTF_8);
        stream.println(Printable.lines(text));
        return !stream.checkError();
    }
}
