package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The normal case on a bad network: no lost answer locks a device out. */
@ServiceTest
class LostResponsesTest {
    private static final int DEVICES = Integer.getInteger("fault.devices", 25);
    private static final int REFRESHES = Integer.getInteger("fault.refreshes", 10);
    private static final int THREADS = 4;

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5})
    void noDeviceMustBeApprovedAnewWhoseAnswersGetLost(double loss) throws Exception {
        try (LossyNetwork network = new LossyNetwork(RestAssured.port, loss, (long) (loss * 1000))) {
            List<VirtualDevice> devices = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                devices.add(VirtualDevice.approved(network.port()));
            }
            Object others = Database.one("select count(*) as n from refresh_token where revoked_at is not null")
                    .get("n");
            AtomicInteger turn = new AtomicInteger();
            Concurrently.call(THREADS, () -> {
                for (int i = turn.getAndIncrement(); i < DEVICES; i = turn.getAndIncrement()) {
                    live(devices.get(i), new Random(i));
                }
                return 0;
            });
            assertTrue(network.lost() > 0, "nothing was lost");
            assertEquals(
                    others,
                    Database.one("select count(*) as n from refresh_token where revoked_at is not null")
                            .get("n"));
        }
    }

    /** Between two attempts the device sleeps, most often for seconds, sometimes for minutes: inside the window. */
    private static void live(VirtualDevice device, Random random) throws InterruptedException {
        for (int refresh = 0; refresh < REFRESHES; refresh++) {
            VirtualDevice.Answer answer = device.ask();
            while (answer == VirtualDevice.Answer.NONE) {
                pass(device, random.nextInt(10) == 0 ? random.nextInt(590) : random.nextInt(4));
                answer = device.ask();
            }
            assertEquals(VirtualDevice.Answer.REFRESHED, answer);
            pass(device, random.nextInt(4000));
        }
    }

    /** Turns the clock for one device. */
    private static void pass(VirtualDevice device, int seconds) {
        Database.update(
                "update refresh_token set issued_at = issued_at - make_interval(secs => ?) where id = ?",
                (double) seconds,
                RefreshTokenId.of(device.stored()));
    }
}
