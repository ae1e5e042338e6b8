package io.jeton.cli;

/**
 * Text that a terminal shows and does not obey. Much of what commands print, strangers chose: names, models and serial numbers
 * of devices, what answers at an address. What moves the cursor, turns the direction of writing, breaks a line or has no
 * meaning of its own is shown as {@code \\u202e}, which in JSON is the same character.
 */
final class Printable {
    private Printable() {}

    /** A whole answer, in its lines. */
    static String lines(String text) {
        return text.codePoints()
                .collect(
                        StringBuilder::new,
                        (shown, c) -> show(shown, c, c == '\n' || isHarmless(c)),
                        StringBuilder::append)
                .toString();
    }

    /** One value in an answer, which begins no line of its own. */
    static String word(String text) {
        return text.codePoints()
                .collect(StringBuilder::new, (shown, c) -> show(shown, c, isHarmless(c)), StringBuilder::append)
                .toString();
    }

    private static void show(StringBuilder shown, int c, boolean asItIs) {
        if (asItIs) {
            shown.appendCodePoint(c);
            return;
        }
        for (char unit : Character.toChars(c)) {
            shown.append("\\u%04x".formatted((int) unit));
        }
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
