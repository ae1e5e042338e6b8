package io.jeton.fault;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@ServiceTest
class DatabaseCrashTest {
    private static final int DEVICES = 8;
    private static final int CRASHES = Integer.getInteger("fault.crashes", 2);

    @Test
    void aDatabaseThatIsKilledUnderLoadLocksNoDeviceOut() throws Exception {
        AtomicInteger refreshed = new AtomicInteger();
        AtomicInteger crashes = new AtomicInteger();
        List<VirtualDevice> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(VirtualDevice.approved(RestAssured.port));
        }
        ExecutorService threads = Executors.newFixedThreadPool(DEVICES);
        try {
            List<Future<Integer>> lives = new ArrayList<>();
            for (VirtualDevice device : devices) {
                lives.add(threads.submit(live(device, refreshed, crashes)));
            }
            for (int crash = 0; crash < CRASHES; crash++) {
                await(refreshed, refreshed.get() + 200);
                PostgresResource.crash();
                given().get("/jwks").then().statusCode(200);
                crashes.incrementAndGet();
            }
            for (Future<Integer> life : lives) {
                assertTrue(life.get() >= 20, "a device was not served again");
            }
        } finally {
            threads.shutdownNow();
        }
        for (VirtualDevice device : devices) {
            assertEquals(
                    List.of(),
                    Database.query(
                            "select id from refresh_token where id = ? and revoked_at is not null",
                            RefreshTokenId.of(device.stored())));
        }
    }

    /** Refreshes until it was served twenty times after the last crash; returns how often that was. */
    private static Callable<Integer> live(VirtualDevice device, AtomicInteger refreshed, AtomicInteger crashes) {
        return () -> {
            int after = 0;
            while (after < 20) {
                Answer answer = device.ask();
                assertTrue(answer != Answer.DEAD, "a device must be approved anew");
                if (answer == Answer.NONE) {
                    Thread.sleep(20);
                    continue;
                }
                refreshed.incrementAndGet();
                after += crashes.get() == CRASHES ? 1 : 0;
            }
            return after;
        };
    }

    private static void await(AtomicInteger count, int least) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (count.get() < least) {
            assertTrue(System.nanoTime() < end, "the devices are not served");
            Thread.sleep(10);
        }
    }
}
