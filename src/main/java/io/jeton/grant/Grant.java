package io.jeton.grant;

import io.jeton.protocol.FormParameters;
import io.jeton.protocol.GrantType;
import io.smallrye.mutiny.Uni;

/** A way to get tokens. Each implementation is found by the token endpoint and listed by discovery. */
public interface Grant {
    GrantType type();

    /**
     * What can be told of a request in memory, before anything of it is written down: a stranger's forged one must not reach the
     * database.
     *
     * @throws io.jeton.protocol.OAuthException where what is presented was not issued here
     */
    default void requireGenuine(FormParameters form) {}

    /** Decides on a request of a client that is authenticated and registered for this grant type. */
    Uni<GrantResult> request(TokenRequest request);
}
