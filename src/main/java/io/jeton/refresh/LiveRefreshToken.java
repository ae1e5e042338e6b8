package io.jeton.refresh;

import io.jeton.client.Client;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A refresh token that would be served, as introspection tells it (RFC 7662 §2.2). */
public record LiveRefreshToken(
        Optional<UUID> account, UUID device, String scope, Optional<String> keyThumbprint, Instant expiresAt) {

    /** One of a row's chain; nothing where it would not be served. */
    static Optional<LiveRefreshToken> of(RefreshTokenRow row, int generation, Client client) {
        boolean live = !row.revoked()
                && !row.suspended()
                && !row.isExpired()
                && !(RefreshRotation.present(row.state(client.provesAKey()), generation, row.now(), client.refresh())
                        instanceof Presentation.Reused);
        return live
                ? Optional.of(new LiveRefreshToken(
                        row.account(), row.device(), row.scope(), row.keyThumbprint(), row.expiresAt()))
                : Optional.empty();
    }
}
