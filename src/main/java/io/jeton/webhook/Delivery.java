package io.jeton.webhook;

import java.time.Duration;
import java.util.UUID;

/**
 * A row of table {@code webhook_delivery}, leased by this replica.
 *
 * @param claims the Security Event Token's, as JSON
 * @param attempts how many there were, this one included
 * @param refusals how often the receiver said that the token itself is wrong
 */
record Delivery(UUID id, String event, String claims, int attempts, int refusals, Duration age) {}
