package io.jeton.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** A form is refused with {@code invalid_request}, or read as the JDK's own decoder reads it. */
class FormParametersFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isReadAsTheJdkReadsIt(byte[] body) {
        FormParameters form;
        try {
            form = FormParameters.parse("application/x-www-form-urlencoded", body);
        } catch (OAuthException e) {
            assertEquals(ErrorCode.INVALID_REQUEST, e.code());
            return;
        }
        for (String pair : ascii(body).split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] parts = pair.split("=", 2);
            String value = parts.length == 2 ? decode(parts[1]) : "";
            assertEquals(value, form.get(decode(parts[0])).orElse(""));
        }
    }

    /** A byte beyond ASCII is the same as its escape; the JDK would decode the ones before it joins them to the others. */
    private static String ascii(byte[] body) {
        StringBuilder text = new StringBuilder();
        for (byte b : body) {
            text.append(b < 0 ? "%%%02X".formatted(b) : String.valueOf((char) b));
        }
        return text.toString();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
