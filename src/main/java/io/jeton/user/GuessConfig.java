package io.jeton.user;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many wrong user codes and wrong passwords are tolerated. */
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

    /**
     * Wrong user codes of everybody together. With {@link #window} and the life of a code it bounds how likely a live code
     * is guessed, however many accounts and addresses a guesser has; whoever spends it all keeps everybody from entering
     * codes until the window ends.
     */
    @WithDefault("10000")
    int total();

    /**
     * The probability of guessing one given code, up to which the service starts. The default is one in a million; more
     * than that lets a patient guesser connect a device of his own to a stranger's code, or hijack one.
     */
    @WithDefault("0.000001")
    double acceptProbability();

    /** The longest wait of who exhausts the budget {@link #perAccount} again and again; each time it doubles. */
    @WithDefault("PT8H")
    Duration longestWindow();

    /** How long a wrong guess counts: from the first one of a series. */
    @WithDefault("PT15M")
    Duration window();
}
