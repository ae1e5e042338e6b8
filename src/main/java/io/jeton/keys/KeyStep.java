package io.jeton.keys;

import java.time.Instant;

/** One thing to do now, in the order the schedule lists them. */
sealed interface KeyStep {
    /** Make a key and publish it, in force at once only where there is none to sign with. */
    record Publish(KeyAlgorithm algorithm, KeyState as) implements KeyStep {}

    record Retire(String kid, Instant retainedUntil) implements KeyStep {}

    record Activate(String kid) implements KeyStep {}

    record Delete(String kid) implements KeyStep {}

    /** Out at once, whatever its state: somebody else may have it. */
    record Remove(String kid) implements KeyStep {}
}
