package io.jeton.device.registry;

/** What a device may do. */
public enum DeviceState {
    /** It may get tokens. */
    ACTIVE,
    /** It gets none for now, and keeps what it has: once resumed it goes on without a person. */
    SUSPENDED,
    /** It is gone for good. */
    RETIRED
}
