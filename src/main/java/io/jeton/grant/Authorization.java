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
 * @param scopeIsKnown whether the client knows its scope: it had the same before, and asked for no other
 */
public record Authorization(
        Client client,
        Scopes scopes,
        Optional<Approval> approval,
        Optional<IssuedRefreshToken> refreshToken,
        boolean scopeIsKnown) {

    /** One that the client hears of for the first time. */
    public Authorization(
            Client client, Scopes scopes, Optional<Approval> approval, Optional<IssuedRefreshToken> refreshToken) {
        this(client, scopes, approval, refreshToken, false);
    }

    /**
     * @param account the device's owner; empty where an operator enrolled it for nobody in particular
     * @param authenticatedAt when the person signed in ({@code auth_time}, OpenID Connect Core §2), or the device did
     */
    public record Approval(Optional<UUID> account, UUID device, Instant authenticatedAt) {}

    public Authorization with(IssuedRefreshToken token) {
        return new Authorization(client, scopes, approval, Optional.of(token), scopeIsKnown);
    }
}
