package io.jeton.grant;

import io.jeton.protocol.GrantType;
import io.smallrye.mutiny.Uni;

/** A way to get tokens. Each implementation is found by the token endpoint and listed by discovery. */
public interface Grant {
    GrantType type();

    /**
     * Refuses what is forged before the proof that comes with it is written down: no row for each of a stranger's requests but
     * the audit event, which is told once a minute.
     *
     * @param request without the key that it may prove
     * @throws io.jeton.protocol.OAuthException where what is presented was made neither by us nor by who may make it; or the
     *     same as the failure of what is returned
     */
    default Uni<Void> requireGenuine(TokenRequest request) {
        return Uni.createFrom().voidItem();
    }

    /** Decides on a request of a client that is authenticated and registered for this grant type. */
    Uni<GrantResult> request(TokenRequest request);
}
