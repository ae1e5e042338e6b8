package io.jeton.grant;

import io.jeton.client.Client;
import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What was granted, and is to be minted into tokens.
 *
 * @param approval who approved it for which device; empty where the client acts for itself
 * @param refreshToken the refresh token to send along
 */
public record Authorization(
        Client client, Scopes scopes, Optional<Approval> approval, Optional<IssuedRefreshToken> refreshToken) {

    /**
     * @param account the device's owner; empty where an operator enrolled it for nobody in particular
     * @param authenticatedAt when the person signed in ({@code auth_time}, OpenID Connect Core §2), or the device did
     */
    public record Approval(Optional<UUID> account, UUID device, Instant authenticatedAt) {}

    public Authorization with(IssuedRefreshToken token) {
        return new Authorization(client, scopes, approval, Optional.of(token));
    }
}
