package io.jeton.user;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many wrong user codes and wrong passwords are borne. */
@ConfigMapping(prefix = "jeton.guess")
interface GuessConfig {
    /** Wrong user codes of one account, and wrong passwords for one name from one address. */
    @WithDefault("5")
    int perAccount();

    /** Wrong user codes, and wrong passwords, from one address (IPv6: from one /64 network). */
    @WithDefault("20")
    int perAddress();

    /**
     * Wrong passwords for one name, from wherever. So many that nobody mistypes them: whoever spends them all, from many
     * addresses, keeps this person from signing in until the window ends, but guesses no further.
     */
    @WithDefault("100")
    int perName();

    /** How long a wrong guess counts: from the first one of a series. */
    @WithDefault("PT15M")
    Duration window();
}
