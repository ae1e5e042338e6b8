package io.jeton.grant;

import io.jeton.client.Client;
import io.jeton.protocol.FormParameters;
import java.util.Optional;

/**
 * A request to the token endpoint: RFC 6749 §3.2.
 *
 * @param client who asks, authenticated
 * @param provenKey the {@link io.jeton.protocol.Confirmation} of what the request proves to hold, if it does
 * @param from the address it comes from
 */
public record TokenRequest(Client client, FormParameters form, Optional<String> provenKey, String from) {
    public TokenRequest with(Optional<String> key) {
        return new TokenRequest(client, form, key, from);
    }
}
