package io.jeton.grant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a grant that begins an authorization needs of refresh tokens, inside the transaction that consumes its code. */
public interface RefreshTokens {
    /**
     * Opens the refresh token of a device, and ends the one the device had before.
     *
     * @param id the new row's id
     * @param request what it is opened for: a public client's token is bound to the key the request proves, if it does
     */
    Uni<IssuedRefreshToken> open(SqlConnection tx, UUID id, Authorization authorization, TokenRequest request);

    /** The same first refresh token once more, where it was never used; nothing where it was, or is no more. */
    Uni<Optional<IssuedRefreshToken>> repeat(SqlConnection tx, UUID id);

    /** Ends a refresh token; whether it ended by this and not before. */
    Uni<Boolean> revoke(SqlConnection tx, UUID id, String reason);

    /** Ends what devices have; the devices whose refresh token ended by this and not before. */
    Uni<Set<UUID>> revokeOf(SqlConnection tx, List<UUID> devices, String reason);
}
