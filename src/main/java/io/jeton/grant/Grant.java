package io.jeton.grant;

import io.jeton.protocol.GrantType;
import io.smallrye.mutiny.Uni;

/** A way to get tokens. Each implementation is found by the token endpoint and listed by discovery. */
public interface Grant {
    GrantType type();

    /** Decides on a request of a client that is authenticated and registered for this grant type. */
    Uni<GrantResult> request(TokenRequest request);
}
