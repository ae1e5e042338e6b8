package io.jeton.managed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list in the order of its key.
 *
 * @param next the key to go on after; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /**
     * What is asked for.
     *
     * @param after the key of the last item before this page; empty for the first page
     * @param containing what the key or the name contains, in whatever case; empty for all
     * @param size how many, from 1 to 200
     */
    public record Request(String after, String containing, int size) {
        private static final int LARGEST = 200;

        public Request {
            // No row has it, and PostgreSQL refuses it.
            after = after.replace("\0", "");
            containing = containing.replace("\0", "");
            if (size < 1 || size > LARGEST) {
                throw new IllegalArgumentException("a page has 1 to 200 items");
            }
        }

        /** {@link #containing} for {@code like … escape '!'}, against a text in lower case. */
        public String pattern() {
            return "%" + containing.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
        }
    }

    /** @param items one more than asked for, where there is more */
    public static <T> Page<T> of(List<T> items, int size, Function<T, String> key) {
        if (items.size() <= size) {
            return new Page<>(List.copyOf(items), Optional.empty());
        }
        List<T> shown = List.copyOf(items.subList(0, size));
        return new Page<>(shown, Optional.of(key.apply(shown.get(size - 1))));
    }
}
