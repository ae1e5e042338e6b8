package io.jeton.device.fleet;

/** What became of pausing, resuming or cancelling a bulk revocation. */
public sealed interface BulkOutcome {
    record Done(BulkRevocation revocation) implements BulkOutcome {}

    record NotFound() implements BulkOutcome {}

    /** It has ended, or is in the state already that was asked for. */
    record NotPossible(BulkState state) implements BulkOutcome {}
}
