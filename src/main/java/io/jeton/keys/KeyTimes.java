package io.jeton.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a key stands in its life.
 *
 * @param activatedAt when it began to sign; null while it is pending
 * @param retainedUntil when the last token it signed is surely expired; null until it is retired
 */
record KeyTimes(
        String kid,
        KeyAlgorithm algorithm,
        KeyState state,
        Instant publishedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retainedUntil) {}
