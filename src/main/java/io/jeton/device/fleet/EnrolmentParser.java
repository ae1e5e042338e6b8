package io.jeton.device.fleet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a file of devices, whole or not at all. Pure, and slow for a large file: not for an event loop. */
final class EnrolmentParser {
    static final int LARGEST = 10 * 1024 * 1024;
    static final int MOST_LINES = 100_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private EnrolmentParser() {}

    static EnrolmentFile parse(byte[] file, EnrolmentFormat format) {
        if (file.length > LARGEST) {
            return unreadable(0, "the file is larger than 10 MB: split it");
        }
        CharBuffer text = CharBuffer.allocate(file.length);
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes, text, true);
        if (result.isError()) {
            return unreadable(line(file, bytes.position()), "the file is not in UTF-8");
        }
        text.flip();
        if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        EnrolmentLines lines = new EnrolmentLines();
        return switch (format) {
            case CSV -> CsvLines.read(text.toString(), lines);
            case JSON_LINES -> JsonLines.read(text.toString(), lines);
        };
    }

    private static EnrolmentFile unreadable(int line, String reason) {
        return EnrolmentFile.unreadable(List.of(new BadLine(line, reason)));
    }

    private static int line(byte[] file, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (file[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
