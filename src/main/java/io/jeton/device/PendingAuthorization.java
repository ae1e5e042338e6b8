package io.jeton.device;

import io.jeton.protocol.Scopes;
import java.time.Duration;
import java.util.UUID;

/**
 * A request that waits for a person.
 *
 * @param requestedFrom the address the device asked from
 * @param age how long ago it asked
 */
record PendingAuthorization(
        UUID id, String clientId, Scopes scopes, DeviceClaims claims, String requestedFrom, Duration age) {}
