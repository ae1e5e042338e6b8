package io.jeton.status;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a million devices cost: the figures of the guide, with some room. */
class StatusListSizeTest {
    private static final int ROUNDS = 20;

    @ParameterizedTest
    @CsvSource({"0, 1000", "0.0001, 2000", "0.001, 9000", "0.01, 60000", "0.1, 320000"})
    void aListOfAMillionIsSmall(double share, int most) throws IOException {
        long[] entries = entries(share);
        long begin = cpu();
        String lst = "";
        for (int i = 0; i < ROUNDS; i++) {
            lst = TokenStatuses.pack(entries).lst();
        }
        double millis = (cpu() - begin) / 1e6 / ROUNDS;
        // As it is served: the claims, in base64url once more.
        String payload = PublishedStatus.base64(lst);
        System.out.printf(
                "%.2f %% not valid: lst %,d, served %,d, gzip %,d bytes; rendered in %.1f ms of a processor%n",
                share * 100, lst.length(), payload.length() + 400, gzip(payload), millis);
        assertTrue(payload.length() + 400 < most, payload.length() + 400 + " bytes");
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long[] entries(double share) {
        Random random = new Random(1);
        LongStream revoked = LongStream.range(0, TokenStatuses.LIST_SIZE).filter(i -> random.nextDouble() < share);
        return TokenStatuses.of(0, revoked, LongStream.empty()).of(0);
    }

    private static int gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.size();
    }
}
