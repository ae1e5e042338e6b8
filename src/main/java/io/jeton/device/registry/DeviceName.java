package io.jeton.device.registry;

import java.util.Optional;

/** The name that a person gives a device: 1 to 100 characters, none of them a control character. */
public record DeviceName(String text) {
    public static final int LONGEST = 100;

    public DeviceName {
        if (!isName(text)) {
            throw new IllegalArgumentException("the name of a device has 1 to 100 characters");
        }
    }

    /** A name, without the space around it; nothing where it is none. */
    public static Optional<DeviceName> parse(String typed) {
        return Optional.of(typed.strip()).filter(DeviceName::isName).map(DeviceName::new);
    }

    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.codePoints().noneMatch(Character::isISOControl)
                // A lone half of a pair is no character, and PostgreSQL would not have it.
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
