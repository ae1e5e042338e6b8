package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J",
                "\r",
                "\u007f",
                "\u009b31m",
                "\u202e",
                "\u2066",
                "\u200b",
                "\u2028",
                "\ud800",
                "\udb40\udc41",
                "\ue000"
            })
    void whatATerminalWouldObeyOrNobodyWouldSeeIsShownAsWhatItIs(String hostile) {
        StringBuilder escaped = new StringBuilder();
        hostile.chars()
                .filter(unit -> unit < 0x20 || unit > 0x7e)
                .forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
        String rest = hostile.chars()
                .filter(unit -> unit >= 0x20 && unit <= 0x7e)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertEquals("a" + escaped + rest + "b", Printable.lines("a" + hostile + "b"));
        assertEquals("a" + escaped + rest + "b", Printable.word("a" + hostile + "b"));
    }

    @Test
    void anAnswerHasLinesAndAWordHasNone() {
        assertEquals("one\ntwo", Printable.lines("one\ntwo"));
        assertEquals("one\\u000atwo", Printable.word("one\ntwo"));
    }

    @Test
    void whatPeopleWriteStaysAsItIs() {
        String written = "J\u00fcrgens \u6e29\u5ea6\u8a08 \ud83c\udf21 \u05d0\u05d1";
        assertEquals(written, Printable.word(written));
    }

    @Test
    void inJsonItIsStillTheSameText() throws Exception {
        Map<String, String> document = Map.of("name", "a\u202eb\u009bc\ud83c\udf21\udb40\udc41\"\n");
        String shown = Printable.lines(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        assertEquals(document, JSON.readValue(shown, Map.class));
    }
}
