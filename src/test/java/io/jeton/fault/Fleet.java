package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.TestClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Approved devices that refresh, each again and again, until they are told to stop. */
final class Fleet implements AutoCloseable {
    private static final int THREADS = 4;

    private final List<VirtualDevice> devices;
    private final Consumer<VirtualDevice> served;
    private final AtomicLongArray servedAt;
    private final AtomicInteger refreshed = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> lives = new ArrayList<>();
    private volatile boolean stopped;

    private Fleet(List<VirtualDevice> devices, Consumer<VirtualDevice> served) {
        this.devices = devices;
        this.served = served;
        this.servedAt = new AtomicLongArray(devices.size());
    }

    /** Devices that asked, were approved and redeemed their codes, all over HTTP but the approval. */
    static List<VirtualDevice> approved(int count, IntSupplier service, String... clients) throws Exception {
        List<DeviceCode> codes =
                Concurrently.each(THREADS, count, i -> DeviceCode.asked(service.getAsInt(), client(clients, i)));
        DeviceCode.approveAll();
        return Concurrently.each(
                THREADS,
                count,
                i -> new VirtualDevice(
                        service,
                        client(clients, i),
                        codes.get(i).redeem(service).orElseThrow(() -> new AssertionError("no answer"))));
    }

    private static String client(String[] clients, int i) {
        return clients.length == 0 ? TestClients.DEVICE : clients[i % clients.length];
    }

    /** @param pauseMillis between two refreshes of one thread */
    static Fleet refreshing(List<VirtualDevice> devices, long pauseMillis) {
        return refreshing(devices, pauseMillis, device -> {});
    }

    /** @param served told of each device that was just refreshed */
    static Fleet refreshing(List<VirtualDevice> devices, long pauseMillis, Consumer<VirtualDevice> served) {
        Fleet fleet = new Fleet(devices, served);
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            fleet.lives.add(fleet.threads.submit(() -> {
                fleet.live(first, pauseMillis);
                return null;
            }));
        }
        return fleet;
    }

    int refreshed() {
        return refreshed.get();
    }

    int unanswered() {
        return unanswered.get();
    }

    /** Waits until every device was served once more; how long that took. */
    Duration awaitEveryDevice() throws Exception {
        long from = System.nanoTime();
        for (int i = 0; i < devices.size(); i++) {
            while (servedAt.get(i) - from < 0 || servedAt.get(i) == 0) {
                int starving = i;
                assertTrue(System.nanoTime() - from < 30_000_000_000L, () -> "device " + starving + " is not served");
                failed();
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** Stops, and fails where a device met anything but tokens, silence and 503. */
    void stop() throws Exception {
        stopped = true;
        for (Future<?> life : lives) {
            life.get();
        }
        assertEquals(0L, revoked(), "rows revoked");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void live(int first, long pauseMillis) throws InterruptedException {
        while (!stopped) {
            for (int i = first; i < devices.size() && !stopped; i += THREADS) {
                Answer answer = devices.get(i).ask();
                assertTrue(answer != Answer.DEAD, "a device must be approved anew");
                if (answer == Answer.REFRESHED) {
                    refreshed.incrementAndGet();
                    servedAt.set(i, System.nanoTime());
                    served.accept(devices.get(i));
                } else {
                    unanswered.incrementAndGet();
                }
                TimeUnit.MILLISECONDS.sleep(answer == Answer.NONE ? Math.max(20, pauseMillis) : pauseMillis);
            }
        }
    }

    private void failed() throws Exception {
        for (Future<?> life : lives) {
            if (life.isDone()) {
                life.get();
            }
        }
    }

    private long revoked() {
        return devices.stream()
                .map(device -> RefreshTokenId.of(device.stored()))
                .filter(id -> Database.one("select revoked_at from refresh_token where id = ?", id)
                                .get("revoked_at")
                        != null)
                .count();
    }
}
