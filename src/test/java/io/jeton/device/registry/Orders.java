package io.jeton.device.registry;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Supplier;

/** What an operator orders of one device, and waits for. */
public final class Orders {
    private final DeviceRegistry registry;
    private final DeviceOrder order;

    public Orders(DeviceRegistry registry, UUID device) {
        this.registry = registry;
        this.order = DeviceOrder.of(device, OrderedBy.operator("tests", "127.0.0.1"), "gone");
    }

    public Device suspend() {
        return done(() -> registry.suspend(order));
    }

    public Device resume() {
        return done(() -> registry.resume(order));
    }

    public Device retire() {
        return done(() -> registry.retire(order));
    }

    public Device revoke() {
        return done(() -> registry.revoke(order));
    }

    private static Device done(Supplier<Uni<DeviceOutcome>> work) {
        return assertInstanceOf(DeviceOutcome.Done.class, await(work)).device();
    }

    public static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
