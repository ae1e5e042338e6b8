package io.jeton.device.registry;

/** What became of an order. */
public sealed interface DeviceOutcome {
    /** It was carried out. */
    record Done(Device device) implements DeviceOutcome {}

    /** There is no such device, or it is somebody else's. */
    record NotFound() implements DeviceOutcome {}

    /** The device is in a state in which there is nothing to do, or which who ordered may not end. */
    record NotPossible(DeviceState state) implements DeviceOutcome {}

    /** Somebody else has changed the device meanwhile. */
    record Changed(long version) implements DeviceOutcome {}
}
