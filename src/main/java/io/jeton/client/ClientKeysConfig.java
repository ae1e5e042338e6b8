package io.jeton.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the public keys of clients with a {@code jwks_uri} are fetched. */
@ConfigMapping(prefix = "jeton.client-keys")
interface ClientKeysConfig {
    /** How long a fetched key set is used. A token with a key that is not in it fetches it anew, twice a minute at most. */
    @WithDefault("PT10M")
    Duration maxAge();

    /** How long a fetch may take. */
    @WithDefault("PT5S")
    Duration timeout();

    /**
     * Whether key sets are fetched from private and loopback addresses, and by plain http. Whoever may register a client
     * can then make this service ask addresses inside your network: for tests and closed networks only.
     */
    @WithDefault("false")
    boolean allowPrivateNetworks();
}
