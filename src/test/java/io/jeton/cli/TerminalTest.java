package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jeton.admin.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void aPasswordIsTheFirstLine() throws IOException {
        assertEquals("s\u00fcss und geheim", line("s\u00fcss und geheim\r\nmore\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals("", line(new byte[0]));
    }

    @Test
    void aPasswordInAnotherEncodingIsNotTakenForEveryOther() {
        assertThrows(
                ProblemException.class, () -> line("s\u00fcss und geheim\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertThrows(
                ProblemException.class,
                () -> Terminal.typed("\uFFFD\uFFFDx".toCharArray(), "\uFFFD\uFFFDx".toCharArray()));
    }

    @Test
    void aPasswordIsNotCutOff() throws IOException {
        assertEquals(
                4096, line("x".repeat(4096).getBytes(StandardCharsets.UTF_8)).length());
        assertThrows(ProblemException.class, () -> line("x".repeat(4097).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aPasswordIsTypedTwice() {
        assertEquals("secret", Terminal.typed("secret".toCharArray(), "secret".toCharArray()));
        assertThrows(ProblemException.class, () -> Terminal.typed("secret".toCharArray(), "Secret".toCharArray()));
        assertThrows(ProblemException.class, () -> Terminal.typed(null, null));
    }

    private static String line(byte[] input) throws IOException {
        return Terminal.line(new ByteArrayInputStream(input));
    }
}
