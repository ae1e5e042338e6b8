package io.jeton.device.registry;

import java.util.Optional;
import java.util.UUID;

/**
 * A change of one device that somebody orders.
 *
 * @param ifVersion the version it must still have ({@code If-Match}, RFC 9110 §13.1.1); empty where that does not matter
 * @param reason why, for the trail and for whoever looks at the device later
 */
public record DeviceOrder(UUID device, OrderedBy by, Optional<Long> ifVersion, String reason) {

    public static DeviceOrder of(UUID device, OrderedBy by, String reason) {
        return new DeviceOrder(device, by, Optional.empty(), reason);
    }

    public DeviceOrder ifVersion(long version) {
        return new DeviceOrder(device, by, Optional.of(version), reason);
    }
}
