package io.jeton.ops;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why something failed, in a line. */
public final class Failure {
    /** Flyway draws a line, and says it all once more below. */
    private static final Pattern WITHOUT_DETAILS = Pattern.compile("\\R-{5,}.*", Pattern.DOTALL);

    private Failure() {}

    public static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** For whoever wants it all. */
    public static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString().replace('\t', ' ');
    }

    public static String reason(@Nullable Throwable failure) {
        List<String> said = new ArrayList<>();
        causes(failure)
                .map(cause -> WITHOUT_DETAILS.matcher(Objects.toString(cause.getMessage(), "")))
                .map(message -> message.replaceFirst("").strip())
                .filter(message -> !message.isEmpty())
                .filter(message -> said.stream().noneMatch(earlier -> earlier.contains(message)))
                .forEach(said::add);
        String messages = String.join(": ", said);
        return messages.isEmpty() && failure != null ? failure.getClass().getSimpleName() : messages;
    }
}
