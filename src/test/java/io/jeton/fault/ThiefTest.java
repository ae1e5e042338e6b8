package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thief copies a device's token, at a random time, and plays its best. */
@ServiceTest
class ThiefTest {
    private static final int THEFTS = Integer.getInteger("fault.thefts", 60);

    @Test
    void aTheftIsNoticedWithinOneRotationOfTheDevice() throws Exception {
        for (int seed = 0; seed < THEFTS; seed++) {
            Random random = new Random(seed);
            VirtualDevice device = VirtualDevice.approved(RestAssured.port);
            for (int i = random.nextInt(3); i > 0; i--) {
                device.ask();
            }
            VirtualDevice thief = new VirtualDevice(RestAssured.port, device.stored());
            if (random.nextBoolean()) {
                // The device refreshes first, so the thief plays a retry.
                device.ask();
            }
            // The thief uses what it has as often as it likes, until it is sure to have a chain of its own.
            boolean stole = false;
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                sleepPastTheFirstSeconds(device);
                stole |= thief.ask() == Answer.REFRESHED;
            }
            // Both go on: one rotation of the device, and one of the thief.
            sleepPastTheFirstSeconds(device);
            Answer devices = device.ask();
            Answer thiefs = thief.ask();
            assertTrue(
                    !stole || devices == Answer.DEAD || thiefs == Answer.DEAD, "seed " + seed + ": both chains live");
            assertTrue(!stole || isRevoked(device), "seed " + seed + ": nobody noticed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void presentedBySeveralAtTheSameInstantOneChainLives(int presenters) throws Exception {
        VirtualDevice device = VirtualDevice.approved(RestAssured.port);
        device.ask();
        List<VirtualDevice> copies = Stream.generate(() -> new VirtualDevice(RestAssured.port, device.stored()))
                .limit(presenters)
                .toList();
        AtomicInteger next = new AtomicInteger();
        Callable<Answer> present = () -> copies.get(next.getAndIncrement()).ask();
        Concurrently.call(presenters, present);
        sleepPastTheFirstSeconds(device);
        long alive = 0;
        for (String token :
                copies.stream().map(VirtualDevice::stored).distinct().toList()) {
            alive += new VirtualDevice(RestAssured.port, token).ask() == Answer.REFRESHED ? 1 : 0;
        }
        assertTrue(alive <= 1, alive + " chains live");
        assertEquals(
                1L,
                Database.one("select count(*) as n from refresh_token where id = ?", RefreshTokenId.of(device.stored()))
                        .get("n"));
    }

    /** For the first five seconds the same successor is returned to whoever asks, and there is nothing to notice yet. */
    private static void sleepPastTheFirstSeconds(VirtualDevice device) {
        Database.update(
                "update refresh_token set issued_at = issued_at - interval '6 seconds' where id = ?",
                RefreshTokenId.of(device.stored()));
    }

    private static boolean isRevoked(VirtualDevice device) {
        return Database.one("select revoked_at from refresh_token where id = ?", RefreshTokenId.of(device.stored()))
                        .get("revoked_at")
                != null;
    }
}
