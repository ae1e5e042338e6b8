package io.jeton.audit;

/** Text from outside on its way into a line and a row. */
final class Text {
    private static final int LONGEST = 200;

    private Text() {}

    /** Short, and with nothing in it that ends a line, looks like something else, or cannot be stored. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || isUnprintable(c) ? '?' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Half a surrogate pair, a line separator, or what turns the direction of what follows. */
    private static boolean isUnprintable(int c) {
        int type = Character.getType(c);
        return type == Character.SURROGATE
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
