package io.jeton.device.fleet;

/** How far a bulk revocation is. */
public enum BulkState {
    RUNNING,
    PAUSED,
    /** Ended before its time; what was done is not undone. */
    CANCELLED,
    DONE
}
