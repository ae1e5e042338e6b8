package io.jeton.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The HTTP endpoints. */
@ConfigMapping(prefix = "jeton.http")
interface HttpConfig {
    /** After this long a request that waits for the database is answered with 503 and Retry-After. */
    @WithDefault("PT10S")
    Duration timeout();

    /**
     * The proxies whose {@code X-Forwarded-For} is believed: addresses or networks, {@code 10.0.0.0/8}. Whoever sends from
     * one of them can claim any address, on the approval page and before the budget of wrong guesses.
     */
    Optional<List<String>> trustedProxies();

    /**
     * Which header they write it into: {@code x-forwarded-for}, or {@code forwarded} (RFC 7239). One alone is read: a proxy
     * that writes the one hands on the other as its asker wrote it.
     */
    @WithDefault("x-forwarded-for")
    ForwardedHeader forwardedHeader();

    /** A header in which proxies say whom they saw. */
    enum ForwardedHeader {
        X_FORWARDED_FOR("X-Forwarded-For"),
        FORWARDED("Forwarded");

        private final String value;

        ForwardedHeader(String value) {
            this.value = value;
        }

        String value() {
            return value;
        }
    }
}
