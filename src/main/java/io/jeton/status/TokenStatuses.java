package io.jeton.status;

import java.util.Arrays;
import java.util.stream.LongStream;

/** What is not valid, over all lists, and how many lists there are. Immutable. */
final class TokenStatuses {
    /**
     * The indexes of one list. A million devices are one document, which a verifier keeps whole; smaller lists would
     * make it fetch more of them, larger ones would be fetched anew for every device that is revoked.
     */
    static final int LIST_SIZE = 1 << 20;

    private static final int STATUS = (1 << StatusList.BITS) - 1;

    private final long last;
    /** Index and status in one number each, in order. */
    private final long[] entries;

    private TokenStatuses(long last, long[] entries) {
        this.last = last;
        this.entries = entries;
    }

    /** @param last the highest index that was ever given to a grant */
    static TokenStatuses of(long last, LongStream invalid, LongStream suspended) {
        long[] entries = LongStream.concat(
                        invalid.map(index -> entry(index, StatusList.INVALID)),
                        suspended.map(index -> entry(index, StatusList.SUSPENDED)))
                .sorted()
                .toArray();
        return new TokenStatuses(last, entries);
    }

    /** How many lists hold an index that was given to a grant. */
    int lists() {
        return Math.toIntExact(last / LIST_SIZE + 1);
    }

    /** What is not valid in one list; equal where nothing changed. */
    long[] of(int list) {
        return Arrays.copyOfRange(entries, first(list), first(list + 1));
    }

    /** The list with these entries. */
    static StatusList pack(long[] entries) {
        StatusList packed = new StatusList(LIST_SIZE);
        for (long entry : entries) {
            packed.set((int) ((entry >> StatusList.BITS) % LIST_SIZE), (int) entry & STATUS);
        }
        return packed;
    }

    private int first(int list) {
        int found = Arrays.binarySearch(entries, entry((long) list * LIST_SIZE, StatusList.VALID));
        return found < 0 ? -found - 1 : found;
    }

    private static long entry(long index, int status) {
        return (index << StatusList.BITS) | status;
    }
}
