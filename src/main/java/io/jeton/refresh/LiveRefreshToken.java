package io.jeton.refresh;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A refresh token that would be served, as introspection tells it (RFC 7662 §2.2). */
public record LiveRefreshToken(
        Optional<UUID> account, UUID device, String scope, Optional<String> keyThumbprint, Instant expiresAt) {}
