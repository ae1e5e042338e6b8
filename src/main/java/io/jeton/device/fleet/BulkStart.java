package io.jeton.device.fleet;

/** What became of the order to begin a bulk revocation. */
public sealed interface BulkStart {
    record Begun(BulkRevocation revocation) implements BulkStart {}

    /**
     * More devices match than the order allows: nothing was begun.
     *
     * @param matched how many there are now
     */
    record TooMany(long matched) implements BulkStart {}
}
