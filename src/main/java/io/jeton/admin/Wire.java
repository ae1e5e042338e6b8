package io.jeton.admin;

import java.util.Locale;

/** Words as they go over the wire. */
final class Wire {
    private Wire() {}

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
