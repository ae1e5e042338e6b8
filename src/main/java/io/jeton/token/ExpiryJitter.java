package io.jeton.token;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Ends access tokens a little earlier, each by another while, so that a fleet does not march in step. */
@ApplicationScoped
final class ExpiryJitter {
    private static final double MOST = 0.2;

    private final double share;

    /** @throws ConfigurationException where the share is none */
    ExpiryJitter(TokenConfig config) {
        this.share = config.expiryJitter();
        if (!(share >= 0 && share <= MOST)) {
            throw new ConfigurationException("jeton.tokens.expiry-jitter must be from 0 to " + MOST);
        }
    }

    /** A wrong configuration stops the start, not the first token. */
    void start(@Observes StartupEvent event) {}

    /** How long a token lives that may live for so long. */
    Duration shorten(Duration longest) {
        // No secret hangs on it.
        return share == 0
                ? longest
                : shorten(longest, share, ThreadLocalRandom.current().nextDouble());
    }

    /**
     * The same, pure: in whole seconds, as {@code exp} and {@code expires_in} have them.
     *
     * @param luck from 0 up to 1
     */
    static Duration shorten(Duration longest, double share, double luck) {
        long seconds = longest.toSeconds();
        return Duration.ofSeconds(seconds - (long) (luck * share * seconds));
    }
}
