package io.jeton.discovery;

import io.smallrye.config.ConfigMapping;

/** Who we are. */
@ConfigMapping(prefix = "jeton")
interface IssuerConfig {
    /**
     * The issuer identifier, which every token carries and every verifier compares: an https URL, with or without a
     * path. Never change it while devices hold tokens. Plain http is for this machine alone.
     */
    String issuer();
}
