package io.jeton.status;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;

/** The statuses of one list, packed: two bits each, the least significant first (Token Status List §4.1). */
final class StatusList {
    static final int BITS = 2;
    static final int VALID = 0;
    static final int INVALID = 1;
    static final int SUSPENDED = 2;

    private static final int PER_BYTE = Byte.SIZE / BITS;
    private static final int MASK = (1 << BITS) - 1;

    private final byte[] statuses;

    /** All valid. */
    StatusList(int size) {
        this.statuses = new byte[(size + PER_BYTE - 1) / PER_BYTE];
    }

    void set(int index, int status) {
        int shift = index % PER_BYTE * BITS;
        int others = statuses[index / PER_BYTE] & ~(MASK << shift);
        statuses[index / PER_BYTE] = (byte) (others | ((status & MASK) << shift));
    }

    byte[] bytes() {
        return statuses.clone();
    }

    /** The {@code lst} member: DEFLATE in the ZLIB format, base64url (Token Status List §4.1, §4.2). */
    String lst() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(statuses);
            deflater.finish();
            byte[] compressed = new byte[1024];
            int length = 0;
            while (!deflater.finished()) {
                if (length == compressed.length) {
                    compressed = Arrays.copyOf(compressed, 2 * length);
                }
                length += deflater.deflate(compressed, length, compressed.length - length);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(compressed, length));
        } finally {
            deflater.end();
        }
    }
}
