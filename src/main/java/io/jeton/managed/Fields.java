package io.jeton.managed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The values of a description, by their names in kebab-case. What is missing or of another type is empty here; whoever
 * implements this says what was wrong.
 */
public interface Fields {
    Optional<String> text(String name);

    Optional<Boolean> flag(String name);

    Optional<Integer> number(String name);

    /** ISO 8601. */
    Optional<Duration> duration(String name);

    Optional<List<String>> texts(String name);

    /** JSON, as text or as the thing itself. */
    Optional<String> json(String name);
}
