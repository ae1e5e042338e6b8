package io.jeton.cli;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why something failed, in a line. */
final class Failure {
    private Failure() {}

    static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    static String reason(@Nullable Throwable failure) {
        String messages = causes(failure)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .distinct()
                .collect(Collectors.joining(": "));
        return messages.isEmpty() && failure != null ? failure.getClass().getSimpleName() : messages;
    }
}
