package io.jeton.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** A valid request with something done to it. */
final class MutatedRequest {
    /** Must never come back in an error of the protocol. */
    static final String MARKER = "zqREFLECTEDqz";
    /** Must never become a header of an answer. */
    static final String INJECTED = "X-Injected";

    private static final int MOST_MUTATIONS = 4;
    private static final List<String> PIECES = List.of(
            MARKER,
            "%0d%0a" + INJECTED + ":%20yes",
            "\r\n" + INJECTED + ": yes\r\n",
            "%00",
            "\0",
            "%",
            "%f",
            "%zz",
            "%ff%fe",
            "\u00ff\u00fe",
            "&client_id=" + MARKER,
            "&grant_type=refresh_token",
            "&scope=a&scope=b",
            "=",
            "&&&",
            "+",
            "'\"<script>",
            "../../",
            "//",
            ";",
            "?" + MARKER + "=1",
            "A".repeat(9_000),
            "a=b&".repeat(70),
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: identity, chunked\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Type: application/json\r\n",
            "Content-Encoding: gzip\r\n",
            "Authorization: Basic " + MARKER + "\r\n",
            "Authorization: Basic Og==\r\n",
            "Authorization: Bearer x\r\n",
            "Authorization: DPoP " + MARKER + "\r\n",
            "DPoP: " + MARKER + "\r\n",
            "Expect: 100-continue\r\n",
            "Cookie: jeton=" + MARKER + "; ; =\r\n",
            "Origin: null\r\n",
            "X-Forwarded-For: " + MARKER + "\r\n",
            "Host: " + MARKER + "\r\n",
            "Accept: */*;q=" + MARKER + "\r\n",
            "If-None-Match: \"" + MARKER + "\r\n");

    private static final Pattern FRAMING = Pattern.compile("Transfer-Encoding|Content-Length|Expect");

    private final Random random;

    MutatedRequest(Random random) {
        this.random = random;
    }

    /** @param whole whether it ends where it says, so that the service waits for nothing more */
    record Bytes(byte[] all, boolean whole) {}

    /** A request that differs from any other, but for the headers that are kept. */
    Bytes of(RawHttp.Request valid) {
        byte[] top = mutated(valid.head().getBytes(StandardCharsets.ISO_8859_1), random.nextInt(MOST_MUTATIONS));
        byte[] bottom = mutated(valid.body().getBytes(StandardCharsets.ISO_8859_1), random.nextInt(MOST_MUTATIONS));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(top);
        // Mostly the length is right: else nothing of what is in the body would be read.
        int length = random.nextInt(10) == 0 ? random.nextInt(2 * bottom.length + 1) : bottom.length;
        String end = valid.kept() + "Content-Length: " + length + "\r\nConnection: close\r\n\r\n";
        request.writeBytes(end.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(bottom);
        boolean framed =
                FRAMING.matcher(new String(top, StandardCharsets.ISO_8859_1)).find();
        return new Bytes(request.toByteArray(), length == bottom.length && !framed);
    }

    private byte[] mutated(byte[] text, int times) {
        byte[] result = text;
        for (int i = 0; i < times; i++) {
            result = mutated(result);
        }
        return result;
    }

    private byte[] mutated(byte[] text) {
        int at = random.nextInt(text.length + 1);
        return switch (random.nextInt(6)) {
            case 0 -> flipped(text, at);
            case 1 ->
                joined(
                        Arrays.copyOf(text, at),
                        Arrays.copyOfRange(text, Math.min(text.length, at + 1 + random.nextInt(8)), text.length));
            case 2 -> joined(text, Arrays.copyOfRange(text, at, text.length));
            default ->
                joined(
                        Arrays.copyOf(text, at),
                        PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1),
                        Arrays.copyOfRange(text, at, text.length));
        };
    }

    private byte[] flipped(byte[] text, int at) {
        byte[] copy = text.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
