package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** A thief copies a device's token, at a random time, and plays its best. */
record Theft(IntSupplier service, Random random) {

    /** Copied once; whoever comes first, both chains never live on. Whether the thief had a chain at all: else there was nothing to notice. */
    boolean isNoticedWithinOneRotation() throws Exception {
        VirtualDevice device = device();
        for (int i = random.nextInt(3); i > 0; i--) {
            device.ask();
        }
        VirtualDevice thief = new VirtualDevice(service, device.stored());
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
        assertTrue(!stole || devices == Answer.DEAD || thiefs == Answer.DEAD, "both chains live");
        assertTrue(!stole || isRevoked(device), "nobody noticed");
        return stole;
    }

    /** Copied often, and presented at the same instant, again and again: all are given the same successor, until an older copy comes. */
    void leavesOneChainOfSeveral(int presenters) throws Exception {
        VirtualDevice device = device();
        device.ask();
        List<VirtualDevice> copies = Stream.generate(() -> new VirtualDevice(service, device.stored()))
                .limit(presenters)
                .toList();
        for (int round = 1 + random.nextInt(3); round > 0; round--) {
            AtomicInteger next = new AtomicInteger();
            Callable<Answer> present = () -> copies.get(next.getAndIncrement()).ask();
            assertEquals(Collections.nCopies(presenters, Answer.REFRESHED), Concurrently.call(presenters, present));
            sleepPastTheFirstSeconds(device);
        }
        List<String> successors =
                copies.stream().map(VirtualDevice::stored).distinct().toList();
        assertEquals(1, successors.size(), "chains live");
        VirtualDevice chain = new VirtualDevice(service, successors.get(0));
        assertEquals(Answer.REFRESHED, chain.ask());
        assertEquals(1L, rows(device), "rows of the device");
        sleepPastTheFirstSeconds(device);
        assertEquals(Answer.DEAD, device.ask(), "an older copy");
        assertEquals(Answer.DEAD, chain.ask(), "noticed");
        assertTrue(isRevoked(device));
    }

    private VirtualDevice device() throws Exception {
        return Fleet.approved(1, service).get(0);
    }

    /** For the first five seconds the same successor is returned to whoever asks, and there is nothing to notice yet. */
    private static void sleepPastTheFirstSeconds(VirtualDevice device) {
        Database.update(
                "update refresh_token set issued_at = issued_at - interval '6 seconds' where id = ?",
                RefreshTokenId.of(device.stored()));
    }

    private static Object rows(VirtualDevice device) {
        return Database.one(
                        "select count(*) as n from refresh_token where device_id ="
                                + " (select device_id from refresh_token where id = ?)",
                        RefreshTokenId.of(device.stored()))
                .get("n");
    }

    private static boolean isRevoked(VirtualDevice device) {
        return Database.one("select revoked_at from refresh_token where id = ?", RefreshTokenId.of(device.stored()))
                        .get("revoked_at")
                != null;
    }
}
