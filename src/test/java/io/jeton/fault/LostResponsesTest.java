package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The normal case on a bad network: no lost answer locks a device out. */
@ServiceTest
class LostResponsesTest {
    private static final int DEVICES = Integer.getInteger("fault.devices", 25);
    private static final int REFRESHES = Integer.getInteger("fault.refreshes", 10);
    private static final int THREADS = 4;
    private static final double REQUEST_LOSS = 0.05;
    private static final int WINDOW_SECONDS = 600;
    private static final int LONGEST_SILENCE = WINDOW_SECONDS - 30;

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.5})
    void noDeviceMustBeApprovedAnewWhoseAnswersGetLost(double loss) throws Exception {
        long seed = (long) (loss * 1000);
        List<VirtualDevice> devices = Fleet.approved(DEVICES, () -> RestAssured.port);
        try (LossyNetwork network = new LossyNetwork(RestAssured.port, loss, REQUEST_LOSS, seed)) {
            Object others = revoked();
            List<Integer> longest = Concurrently.each(
                    THREADS,
                    DEVICES,
                    i -> live(new VirtualDevice(network::port, devices.get(i).stored()), i));
            assertTrue(network.lost() > 0, "nothing was lost");
            assertEquals(others, revoked());
            Figures.note(
                    "lost-responses",
                    "%.0f %% of answers and %.0f %% of requests lost (seed %d): %d devices, %d refreshes each, %d answers"
                            + " lost, at most %d attempts for one refresh; 0 re-approved",
                    loss * 100,
                    REQUEST_LOSS * 100,
                    seed,
                    DEVICES,
                    REFRESHES,
                    network.lost(),
                    longest.stream().max(Integer::compare).orElseThrow());
        }
    }

    @Test
    void aDeviceThatSleepsPastTheWindowWithALostAnswerComesBackWithACodeAndIsTheSame() throws Exception {
        long seed = 600;
        try (LossyNetwork network = new LossyNetwork(RestAssured.port, 0.5, REQUEST_LOSS, seed)) {
            List<Boolean> lockedOut = Concurrently.each(THREADS, DEVICES, i -> oversleep(network, "sleeper-" + i));
            long count = lockedOut.stream().filter(locked -> locked).count();
            assertTrue(count > 0 && count < DEVICES, count + " locked out");
            Figures.note(
                    "lost-responses",
                    "asleep past the window (seed %d): %d devices, of which %d had lost an answer and came back with a"
                            + " code, each as the device it was; %d had not and were served",
                    seed,
                    DEVICES,
                    count,
                    DEVICES - count);
        }
    }

    /** Between two attempts a device sleeps, most often for seconds, sometimes for minutes: inside the window. */
    private static int live(VirtualDevice device, long seed) throws Exception {
        Random random = new Random(seed);
        int longest = 0;
        try (RowClock clock = new RowClock()) {
            for (int refresh = 0; refresh < REFRESHES; refresh++) {
                int attempts = 1;
                int silence = 0;
                Answer answer = device.ask();
                while (answer == Answer.NONE) {
                    int nap = random.nextInt(10) == 0 ? random.nextInt(LONGEST_SILENCE) : random.nextInt(4);
                    // Requests get lost too, so all that it sleeps until it is served counts.
                    nap = Math.min(nap, LONGEST_SILENCE - silence);
                    silence += nap;
                    clock.pass(device, nap);
                    answer = device.ask();
                    attempts++;
                }
                assertEquals(Answer.REFRESHED, answer);
                longest = Math.max(longest, attempts);
                clock.pass(device, random.nextInt(4000));
            }
        }
        return longest;
    }

    /** Asks once on the bad network, sleeps too long, and asks again; whether that was too late. */
    private static boolean oversleep(LossyNetwork network, String serial) throws Exception {
        VirtualDevice device = new VirtualDevice(network::port, approved(serial));
        Object identity = identity(device);
        try (RowClock clock = new RowClock()) {
            device.ask();
            boolean answerLost = clock.isAhead(device);
            clock.pass(device, WINDOW_SECONDS + 1);
            assertEquals(
                    answerLost ? Answer.DEAD : Answer.REFRESHED,
                    new VirtualDevice(RestAssured.port, device.stored()).ask());
            if (answerLost) {
                VirtualDevice again = new VirtualDevice(RestAssured.port, approved(serial));
                assertEquals(identity, identity(again));
                assertEquals(Answer.REFRESHED, again.ask());
            }
            return answerLost;
        }
    }

    private static String approved(String serial) throws Exception {
        DeviceCode code = DeviceCode.asked(RestAssured.port, TestClients.DEVICE, serial);
        DeviceCode.approveAll();
        return code.redeem(() -> RestAssured.port).orElseThrow();
    }

    private static Object identity(VirtualDevice device) {
        return Database.one("select device_id from refresh_token where id = ?", RefreshTokenId.of(device.stored()))
                .get("device_id");
    }

    private static Object revoked() {
        return Database.one("select count(*) as n from refresh_token where revoked_at is not null")
                .get("n");
    }
}
