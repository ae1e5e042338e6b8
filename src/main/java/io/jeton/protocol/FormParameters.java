package io.jeton.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a form-encoded request, each at most once: RFC 6749 §3.2 and appendix B. */
public final class FormParameters {
    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
    private static final int MOST_PARAMETERS = 64;
    private static final int LONGEST_VALUE = 8192;
    private static final int LONGEST_BODY = 65_536;

    private final Map<String, String> values;

    private FormParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a request body.
     *
     * @throws OAuthException {@code invalid_request} for another content type, a repeated parameter, a broken encoding,
     *     control characters, more than 64 parameters, a value of more than 8192 bytes or 64 KiB in all
     */
    public static FormParameters parse(@Nullable String contentType, byte[] body) {
        requireForm(contentType);
        if (body.length > LONGEST_BODY) {
            throw OAuthException.invalidRequest("the request is larger than 64 KiB");
        }
        Map<String, String> values = new HashMap<>();
        Set<String> seen = new HashSet<>();
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, '&', start, body.length);
            if (end > start) {
                int equals = indexOf(body, '=', start, end);
                String name = decode(body, start, equals);
                if (!seen.add(name)) {
                    throw OAuthException.invalidRequest("a parameter is repeated");
                }
                if (seen.size() > MOST_PARAMETERS) {
                    throw OAuthException.invalidRequest("there are too many parameters");
                }
                String value = equals < end ? decode(body, equals + 1, end) : "";
                // RFC 6749 §3.2: a parameter without a value is treated as if it were omitted.
                if (!value.isEmpty()) {
                    values.put(name, value);
                }
            }
            start = end + 1;
        }
        return new FormParameters(values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws OAuthException {@code invalid_request} where the parameter is missing */
    public String require(String name) {
        return get(name).orElseThrow(() -> OAuthException.invalidRequest("the parameter " + name + " is missing"));
    }

    public boolean contains(String name) {
        return values.containsKey(name);
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "FormParameters" + values.keySet();
    }

    private static void requireForm(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType;
        int parameters = type.indexOf(';');
        // This media type has no charset (its IANA registration); Java clients add ISO-8859-1 all the same and send
        // ASCII.
        String essence = parameters < 0 ? type : type.substring(0, parameters);
        if (!essence.strip().equalsIgnoreCase(MEDIA_TYPE)) {
            throw OAuthException.invalidRequest("the content type must be application/x-www-form-urlencoded");
        }
    }

    private static int indexOf(byte[] body, char wanted, int from, int to) {
        int at = from;
        while (at < to && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] body, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; at++) {
            byte b = body[at];
            if (b == '%') {
                if (at + 2 >= to) {
                    throw broken();
                }
                b = (byte) (hex(body[++at]) << 4 | hex(body[++at]));
            } else if (b == '+') {
                b = ' ';
            }
            decoded[length++] = b;
        }
        if (length > LONGEST_VALUE) {
            throw OAuthException.invalidRequest("a parameter is longer than 8192 bytes");
        }
        return text(decoded, length);
    }

    private static int hex(byte b) {
        int digit = Character.digit(b, 16);
        if (digit < 0) {
            throw broken();
        }
        return digit;
    }

    private static String text(byte[] decoded, int length) {
        String text;
        try {
            text = isAscii(decoded, length)
                    ? new String(decoded, 0, length, StandardCharsets.US_ASCII)
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(decoded, 0, length))
                            .toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                throw OAuthException.invalidRequest("a parameter holds control characters");
            }
        }
        return text;
    }

    /** What every token and name is: it needs no decoder. */
    private static boolean isAscii(byte[] decoded, int length) {
        for (int at = 0; at < length; at++) {
            if (decoded[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private static OAuthException broken() {
        return OAuthException.invalidRequest("the form is not well encoded");
    }
}
