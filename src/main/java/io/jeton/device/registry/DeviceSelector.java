package io.jeton.device.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which devices: those that fit everything that is said; {@link #ALL} says nothing.
 *
 * @param serial the whole serial number
 * @param serialPrefix how the serial number begins
 * @param seenBefore seen last before this instant: gone quiet
 * @param seenAfter seen last at this instant or later
 */
public record DeviceSelector(
        Optional<String> client,
        Optional<String> model,
        Optional<String> serial,
        Optional<String> serialPrefix,
        Optional<UUID> owner,
        Optional<DeviceState> state,
        Optional<Instant> seenBefore,
        Optional<Instant> seenAfter) {

    public static final DeviceSelector ALL = new DeviceSelector(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public DeviceSelector client(String id) {
        return new DeviceSelector(Optional.of(id), model, serial, serialPrefix, owner, state, seenBefore, seenAfter);
    }

    public DeviceSelector model(String name) {
        return new DeviceSelector(client, Optional.of(name), serial, serialPrefix, owner, state, seenBefore, seenAfter);
    }

    public DeviceSelector serial(String number) {
        return new DeviceSelector(
                client, model, Optional.of(number), serialPrefix, owner, state, seenBefore, seenAfter);
    }

    public DeviceSelector serialPrefix(String prefix) {
        return new DeviceSelector(client, model, serial, Optional.of(prefix), owner, state, seenBefore, seenAfter);
    }

    public DeviceSelector owner(UUID account) {
        return new DeviceSelector(
                client, model, serial, serialPrefix, Optional.of(account), state, seenBefore, seenAfter);
    }

    public DeviceSelector state(DeviceState is) {
        return new DeviceSelector(client, model, serial, serialPrefix, owner, Optional.of(is), seenBefore, seenAfter);
    }

    public DeviceSelector seenBefore(Instant instant) {
        return new DeviceSelector(client, model, serial, serialPrefix, owner, state, Optional.of(instant), seenAfter);
    }

    public DeviceSelector seenAfter(Instant instant) {
        return new DeviceSelector(client, model, serial, serialPrefix, owner, state, seenBefore, Optional.of(instant));
    }

    /** Whether it says nothing, so that it means every device there is. */
    public boolean isEverything() {
        return equals(ALL);
    }

    /** Whether it asks when a device was seen last, which no index knows. */
    boolean asksWhenSeen() {
        return seenBefore.isPresent() || seenAfter.isPresent();
    }
}
