package io.jeton.refresh;

import java.time.Instant;

/**
 * What the row knows of its chain.
 *
 * @param generation the newest token issued
 * @param confirmed the last token that came back as the newest: its holder surely has it
 * @param retries how often the successor of {@code confirmed} was replaced since
 * @param issuedAt when the newest token was issued
 * @param senderConstrained whether the presenter has proven a key that a thief has not (RFC 9700 §2.2.2)
 * @param heldBack whether the device was suspended after the newest token was issued: it could not retry in time
 */
record RefreshState(
        int generation, int confirmed, int retries, Instant issuedAt, boolean senderConstrained, boolean heldBack) {}
