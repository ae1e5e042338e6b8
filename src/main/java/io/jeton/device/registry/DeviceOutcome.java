package io.jeton.device.registry;

/** What became of an order. */
public sealed interface DeviceOutcome {
    /** It was carried out. */
    record Done(Device device) implements DeviceOutcome {}

    /** There is no such device, or it is somebody else's. */
    record NotFound() implements DeviceOutcome {}

    /** There is nothing to do in the state that the device is in, or whoever ordered it may not end that state. */
    record NotPossible(DeviceState state) implements DeviceOutcome {}

    /** Somebody else has changed the device meanwhile. */
    record Changed(long version) implements DeviceOutcome {}
}
