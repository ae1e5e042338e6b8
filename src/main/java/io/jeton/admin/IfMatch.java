package io.jeton.admin;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The condition of a change: RFC 9110 §13.1.1. Our tags are strong, and name the version. */
final class IfMatch {
    private static final Pattern TAG = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");
    private static final Pattern OTHER_TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7E]*\"");

    /** No row has it. */
    private static final long NONE = -1;

    private IfMatch() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    static OptionalLong required(List<String> headers) {
        if (headers.isEmpty()) {
            throw ProblemException.preconditionRequired();
        }
        return optional(headers);
    }

    static OptionalLong optional(List<String> headers) {
        if (headers.isEmpty() || headers.equals(List.of("*"))) {
            return OptionalLong.empty();
        }
        String header = headers.get(0).strip();
        Matcher tag = TAG.matcher(header);
        if (headers.size() == 1 && tag.matches()) {
            return OptionalLong.of(Long.parseLong(tag.group(1)));
        }
        if (headers.size() == 1 && OTHER_TAG.matcher(header).matches()) {
            // A weak tag, or one that we never made: no version is like it.
            return OptionalLong.of(NONE);
        }
        throw ProblemException.badRequest("If-Match must be one entity tag, as an answer's ETag has it, or *");
    }
}
