package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.TestClients;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;

/** Devices that a person has approved and that redeem their codes: each by two processes at once, until both are answered. */
final class Newcomers {
    static final int COUNT = 30;
    private static final int PRESENTERS = 2;
    private static final int THREADS = 4;

    private final IntSupplier service;
    private final List<DeviceCode> codes;
    private final long devicesBefore;

    private Newcomers(IntSupplier service, List<DeviceCode> codes) {
        this.service = service;
        this.codes = codes;
        this.devicesBefore = devices();
    }

    static Newcomers approved(IntSupplier service) throws Exception {
        List<DeviceCode> codes =
                Concurrently.each(THREADS, COUNT, i -> DeviceCode.asked(service.getAsInt(), TestClients.DEVICE));
        DeviceCode.approveAll();
        return new Newcomers(service, codes);
    }

    /** Begins to redeem; ends when every code was, and fails where one was redeemed twice. */
    CompletableFuture<Void> redeem() {
        return CompletableFuture.runAsync(() -> {
            try {
                List<UUID> rows =
                        Concurrently.each(THREADS, COUNT * PRESENTERS, i -> redeemed(codes.get(i / PRESENTERS)));
                assertEquals(COUNT, rows.stream().distinct().count(), "one token for each code");
                assertEquals(devicesBefore + COUNT, devices());
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private UUID redeemed(DeviceCode code) throws InterruptedException {
        Optional<String> token = code.redeem(service);
        while (token.isEmpty()) {
            Thread.sleep(20);
            token = code.redeem(service);
        }
        return RefreshTokenId.of(token.get());
    }

    private static long devices() {
        return (long) Database.one("select count(*) as n from device").get("n");
    }
}
