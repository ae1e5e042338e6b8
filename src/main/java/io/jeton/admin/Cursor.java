package io.jeton.admin;

import io.jeton.protocol.Identifier;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list goes on: opaque to whoever carries it, so that it may come to mean something else. */
final class Cursor {
    private static final byte VERSION = 1;
    private static final int LONGEST = 1024;

    private Cursor() {}

    static String of(String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        return Identifier.of(
                ByteBuffer.allocate(1 + text.length).put(VERSION).put(text).array());
    }

    /** @throws ProblemException where it is none of ours */
    static String read(String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (cursor.length() <= LONGEST && bytes.remaining() > 1 && bytes.get() == VERSION) {
                return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw unknown();
        }
        throw unknown();
    }

    static ProblemException unknown() {
        return ProblemException.badRequest("after must be the cursor of a former answer's next");
    }
}
