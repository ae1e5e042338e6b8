package io.jeton.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How much is too much, on each replica. The defaults let a factory floor behind one address switch on at once, and stop what
 * no fleet does.
 */
@ConfigMapping(prefix = "jeton.limits")
interface LimitsConfig {
    /** Whether there are limits. Without them a single host can keep the database busy: for benchmarks. */
    @WithDefault("true")
    boolean enabled();

    /** Requests for a code from one address (IPv6: one /64). Each is a row for ten minutes. */
    Bucket deviceAuthorizationPerAddress();

    /** Requests for a code by one client, from wherever: a firmware that asks in a loop must not starve the others. */
    Bucket deviceAuthorizationPerClient();

    /**
     * Requests to the token endpoint by one client that authenticates itself, from wherever. A public client's are not counted
     * together: whoever knows its id could use up what its devices need.
     */
    Bucket tokensPerClient();

    /**
     * Refused requests from one address, wherever clients or tokens are shown. Those that succeed cost nothing, and go through
     * even when the bucket is empty: a fleet behind one address does not pay for its one broken device. Nor does a token cost
     * anything that was ours and has ended.
     */
    Bucket failuresPerAddress();

    /** Forms of the verification page and "my devices" sent from one address, sign-ins among them. */
    Bucket formsPerAddress();

    /** The same by one account that is signed in. */
    Bucket formsPerAccount();

    /** Requests to the admin API by one operator: a client, or a device that a person approved for it. */
    Bucket adminPerOperator();

    /** A bucket of tokens; whoever finds it empty is refused. */
    interface Bucket {
        /** How many at once. 0: no limit of this kind. */
        int burst();

        /** How many come back in a second. */
        double perSecond();
    }
}
