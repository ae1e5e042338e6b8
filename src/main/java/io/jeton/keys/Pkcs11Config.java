package io.jeton.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A hardware security module that makes and keeps signing keys: PKCS #11. JVM only. */
@ConfigMapping(prefix = "jeton.keys.pkcs11")
interface Pkcs11Config {
    /** The vendor's library, an absolute path. Without it there is no HSM. */
    Optional<String> library();

    /** The id of the slot that holds the token. */
    OptionalLong slot();

    /** Instead of the id: which one of the slots that hold a token, from 0. */
    OptionalInt slotListIndex();

    /** What the user logs in with. */
    Optional<String> pin();

    /** Instead: a file that holds it. */
    Optional<String> pinFile();

    /** Of which algorithms new keys are made in the HSM. */
    @WithDefault("ES256,RS256")
    Set<String> algorithms();

    /** How long a signature may take before the HSM counts as away. */
    @WithDefault("PT5S")
    Duration timeout();

    /** How often a signature is tried, to notice that the HSM is away, or back. */
    @WithDefault("PT10S")
    Duration checkEvery();
}
