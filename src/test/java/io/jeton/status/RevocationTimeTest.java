package io.jeton.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long it takes from the commit of a revocation until the list says so: the figures of the guide, with some room. */
@ServiceTest
class RevocationTimeTest {
    private static final int FIRST = 300_000;

    @Inject
    TokenStatusRepository repository;

    @AfterEach
    void forgetThem() {
        Database.update("delete from token_status where status_index >= " + FIRST);
    }

    @Test
    void isAboutASecondAtTheMost() throws Throwable {
        for (int others : List.of(0, 1_000, 10_000, 100_000)) {
            Database.update(
                    "insert into token_status select " + FIRST + " + 5 * n, 1 from generate_series(1, ?) n"
                            + " on conflict do nothing",
                    others);
            Thread.sleep(2_000);
            long single = untilServed();
            long following = untilServed();
            System.out.printf(
                    "beside %,d not valid: revoked to served %d ms, the next one %d ms, read in %d ms%n",
                    others, single, following, read());
            assertTrue(single < 3_000 && following < 4_000, single + " and " + following + " ms");
        }
    }

    @Test
    void ofTenThousandRevokedOneByOneIsAboutASecondToo() throws Throwable {
        long begin = System.nanoTime();
        for (int i = 0; i < 10_000; i += 100) {
            Database.update("do $$ begin for n in " + i + ".." + (i + 99) + " loop insert into token_status values ("
                    + FIRST + " + n, 1); commit; end loop; end $$");
        }
        long committed = System.nanoTime();
        PublishedStatus last = new PublishedStatus(status().uri(), FIRST + 9_999);
        Eventually.holds(() -> last.value() == StatusList.INVALID);
        System.out.printf(
                "10,000 revoked one by one in %d ms, the last one served %d ms later%n",
                millis(committed - begin), millis(System.nanoTime() - committed));
        assertEquals(StatusList.INVALID, new PublishedStatus(last.uri(), FIRST).value());
    }

    private long untilServed() throws Exception {
        PublishedStatus status = status();
        assertEquals(StatusList.VALID, status.value());
        Database.update("update refresh_token set revoked_at = now() where status_index = ?", status.index());
        long begin = System.nanoTime();
        while (status.value() == StatusList.VALID && System.nanoTime() - begin < 10_000_000_000L) {
            Thread.sleep(5);
        }
        return millis(System.nanoTime() - begin);
    }

    private long read() throws Throwable {
        long begin = System.nanoTime();
        TokenStatuses read = VertxContextSupport.subscribeAndAwait(() -> repository.read());
        assertTrue(LongStream.of(read.of(0)).sum() > 0);
        return millis(System.nanoTime() - begin);
    }

    private static PublishedStatus status() throws Exception {
        return PublishedStatus.of(
                TestDevice.approved(TestClients.LISTED_DEVICE).poll().path("access_token"));
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
