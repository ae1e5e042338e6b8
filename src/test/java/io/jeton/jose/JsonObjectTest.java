package io.jeton.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7515 §4, RFC 7519 §4, RFC 8725 §3.7: the parts of a token")
class JsonObjectTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void isUtf8AndNoOtherEncoding(String charset) {
        String json = "{\"sub\":\"x\"}";
        refused(json.getBytes(Charset.forName(charset)));
        assertEquals(
                Optional.of("x"),
                JsonObject.read(json.getBytes(StandardCharsets.UTF_8)).text("sub"));
    }

    @Test
    void isWellEncoded() {
        refused("{\"sub\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        refused("\uFEFF{}".getBytes(StandardCharsets.UTF_8));
        refused(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{} {}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":[[[[[[[[1]]]]]]]]}",
                "{\"a\":123456789012345678901}",
                "{\"a\":NaN}",
                "{'a':1}",
            })
    void isOneObjectOfLittleDepthThatSaysNothingTwice(String json) {
        refused(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(byte[] json) {
        assertThrows(InvalidJwtException.class, () -> JsonObject.read(json));
    }
}
