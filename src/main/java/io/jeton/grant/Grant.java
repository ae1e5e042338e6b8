package io.jeton.grant;

import io.jeton.protocol.GrantType;
import io.smallrye.mutiny.Uni;

/** A way to get tokens. Each implementation is found by the token endpoint and listed by discovery. */
public interface Grant {
    GrantType type();

    /**
     * Who made what is presented, before anything of the request is written down: a stranger's forged one must cost no write.
     *
     * @param request without the key that it may prove
     * @throws io.jeton.protocol.OAuthException where neither we made it nor who may; or the same as the failure of what is
     *     returned
     */
    default Uni<Void> requireGenuine(TokenRequest request) {
        return Uni.createFrom().voidItem();
    }

    /** Decides on a request of a client that is authenticated and registered for this grant type. */
    Uni<GrantResult> request(TokenRequest request);
}
