package io.jeton.device.fleet;

import io.jeton.device.registry.DeviceSelector;

/**
 * A bulk revocation that somebody orders.
 *
 * @param perSecond how many devices in a second, at the most
 * @param reason why, for the trail and for whoever looks at a device later
 */
public record BulkOrder(DeviceSelector selector, BulkAction action, int perSecond, String reason) {
    public static final int FASTEST = 10_000;

    /** @throws IllegalArgumentException where it says nothing of which devices, or the rate is none */
    public BulkOrder {
        if (selector.isEverything()) {
            throw new IllegalArgumentException("a bulk revocation says which devices: the selector is empty");
        }
        if (perSecond < 1 || perSecond > FASTEST) {
            throw new IllegalArgumentException("the rate is 1 to " + FASTEST + " devices per second");
        }
    }
}
