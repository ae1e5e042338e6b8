package io.jeton.device.fleet;

import java.util.ArrayList;
import java.util.List;

/** Where the records of a CSV text begin, which may be longer than a line: RFC 4180 §2. Pure. */
final class CsvRecords {
    private final String text;
    private final List<Integer> lines = new ArrayList<>();
    private int line = 1;

    private CsvRecords(String text) {
        this.text = text;
    }

    /** The line in which each record begins, blank lines left out. */
    static List<Integer> lines(String text) {
        CsvRecords records = new CsvRecords(text);
        int at = 0;
        while (at < text.length()) {
            at = records.read(at);
        }
        return records.lines;
    }

    private int read(int start) {
        int begun = line;
        int at = start;
        boolean fieldBegins = true;
        while (at < text.length() && !isLineEnd(at)) {
            if (fieldBegins && text.charAt(at) == '"') {
                at = closing(at);
                fieldBegins = false;
            } else {
                fieldBegins = text.charAt(at) == ',';
                at++;
            }
        }
        if (!text.substring(start, at).isBlank()) {
            lines.add(begun);
        }
        line++;
        return at + (text.startsWith("\r\n", at) ? 2 : 1);
    }

    /** Behind the quote that ends a field; two in a row are one that is meant. */
    private int closing(int opening) {
        int at = opening + 1;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                if (!text.startsWith("\"\"", at)) {
                    return at + 1;
                }
                at++;
            } else if (isLineEnd(at) && !text.startsWith("\r\n", at)) {
                line++;
            }
            at++;
        }
        return at;
    }

    private boolean isLineEnd(int at) {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }
}
