package io.jeton.status;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Against the test vectors of draft-ietf-oauth-status-list-17. */
class StatusListTest {
    private static final int MILLION = 1 << 20;

    /** Appendix C.2; the others are zero. */
    private static final Map<Integer, Integer> TWO_BITS = Map.ofEntries(
            Map.entry(0, 1),
            Map.entry(1993, 2),
            Map.entry(25460, 1),
            Map.entry(159495, 3),
            Map.entry(495669, 1),
            Map.entry(554353, 1),
            Map.entry(645645, 2),
            Map.entry(723232, 1),
            Map.entry(854545, 1),
            Map.entry(934534, 2),
            Map.entry(1000345, 3));

    private static final String TWO_BITS_LST = "eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAA"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAEB5WwIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "AAID0ugQAAAAAAAAAAAAAAAAAQG12SgAAAAAAAAAAAAAAAAAAAAAAAAAAAOCSIQEAAAAA"
            + "AAAAAAAAAAAAAAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwJEuA"
            + "QAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAAAAAAAAAAAACoYUoAAAAAAAAAAAAAAE"
            + "BqH81gAQw";

    @Test
    @DisplayName("§4.1 two bits each, the least significant first")
    void theExampleOfTwelveStatuses() {
        int[] statuses = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
        StatusList list = new StatusList(statuses.length);
        IntStream.range(0, statuses.length).forEach(i -> list.set(i, statuses[i]));
        assertArrayEquals(new byte[] {(byte) 0xc9, 0x44, (byte) 0xf9}, list.bytes());
        assertEquals("eNo76fITAAPfAgc", list.lst());
    }

    @Test
    @DisplayName("Appendix C.2 a list of 2^20 statuses")
    void theVectorOfAMillionStatuses() throws Exception {
        StatusList list = new StatusList(MILLION);
        TWO_BITS.forEach(list::set);
        assertArrayEquals(inflate(TWO_BITS_LST), list.bytes());
        assertArrayEquals(inflate(TWO_BITS_LST), inflate(list.lst()));
    }

    @Test
    void aStatusIsReplacedAndItsNeighboursStay() {
        StatusList list = new StatusList(8);
        list.set(4, StatusList.INVALID);
        list.set(5, StatusList.SUSPENDED);
        list.set(6, StatusList.INVALID);
        list.set(5, StatusList.VALID);
        assertArrayEquals(new byte[] {0, 0b0001_0001}, list.bytes());
    }

    @Test
    void eachIndexIsInTheListThatItsClaimNames() throws Exception {
        long size = TokenStatuses.LIST_SIZE;
        TokenStatuses statuses = TokenStatuses.of(
                2 * size, LongStream.of(size, 0, 2 * size - 1), LongStream.of(2 * size, size - 1, size + 5));
        assertEquals(3, statuses.lists());
        assertEquals(Map.of(0, 1, (int) size - 1, 2), read(statuses, 0));
        assertEquals(Map.of(0, 1, 5, 2, (int) size - 1, 1), read(statuses, 1));
        assertEquals(Map.of(0, 2), read(statuses, 2));
        assertEquals(Map.of(), read(statuses, 3));
    }

    @Test
    void aListThatDidNotChangeIsTheSame() {
        long size = TokenStatuses.LIST_SIZE;
        TokenStatuses before = TokenStatuses.of(1, LongStream.of(7, 3), LongStream.of(5));
        TokenStatuses after = TokenStatuses.of(size, LongStream.of(size, 3, 7), LongStream.of(5));
        assertArrayEquals(before.of(0), after.of(0));
        assertEquals(1, after.of(1).length);
    }

    private static Map<Integer, Integer> read(TokenStatuses statuses, int list) throws Exception {
        byte[] bytes = inflate(TokenStatuses.pack(statuses.of(list)).lst());
        assertEquals(TokenStatuses.LIST_SIZE / 4, bytes.length);
        Map<Integer, Integer> found = new TreeMap<>();
        for (int i = 0; i < bytes.length * 4; i++) {
            int status = (bytes[i / 4] >> (i % 4 * 2)) & 3;
            if (status != 0) {
                found.put(i, status);
            }
        }
        return new HashMap<>(found);
    }

    private static byte[] inflate(String lst) throws Exception {
        Inflater inflater = new Inflater();
        inflater.setInput(Base64.getUrlDecoder().decode(lst));
        byte[] bytes = new byte[MILLION];
        int length = inflater.inflate(bytes);
        return Arrays.copyOf(bytes, length);
    }
}
