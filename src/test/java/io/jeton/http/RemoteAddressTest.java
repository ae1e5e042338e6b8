package io.jeton.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {
    private final RemoteAddress address = trusting("10.0.0.0/8, 192.0.2.7 ,2001:db8:1::/48");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nobody we trust: what it says counts for nothing.
                "198.51.100.1 | 203.0.113.9                         | 198.51.100.1",
                "192.0.2.8    | 203.0.113.9                         | 192.0.2.8",
                "unknown      | 203.0.113.9                         | unknown",
                // One proxy; what stands further left was written by the asker.
                "10.0.0.1     | 203.0.113.9                         | 203.0.113.9",
                "10.0.0.1     | 6.6.6.6, 203.0.113.9                | 203.0.113.9",
                "192.0.2.7    | ::1,203.0.113.9                     | 203.0.113.9",
                // Two proxies.
                "10.0.0.1     | 6.6.6.6, 203.0.113.9, 10.9.9.9      | 203.0.113.9",
                "2001:db8:1::5| 6.6.6.6, 2001:db8:2::9, 10.9.9.9    | 2001:db8:2::9",
                // A proxy asks for itself.
                "10.0.0.1     | 10.2.2.2                            | 10.2.2.2",
                "10.0.0.1     | ''                                  | 10.0.0.1",
                // No addresses.
                "10.0.0.1     | unknown                             | 10.0.0.1",
                "10.0.0.1     | 203.0.113.9, _hidden                | 10.0.0.1",
                "10.0.0.1     | localhost                           | 10.0.0.1",
                "10.0.0.1     | 203.0.113.9:1234                    | 10.0.0.1",
                "10.0.0.1     | 203.0.113.9,                        | 10.0.0.1"
            })
    void theOutermostThatSomebodyTrustedSaw(String peer, String forwardedFor, String expected) {
        assertEquals(expected, address.outermost(peer, List.of(forwardedFor)));
    }

    @Test
    void manyHeadersAreOne() {
        assertEquals("203.0.113.9", address.outermost("10.0.0.1", List.of("6.6.6.6", "203.0.113.9", "10.1.1.1")));
        assertEquals("10.0.0.1", address.outermost("10.0.0.1", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/x", "10.0.0", "/8"})
    void whatIsNoNetworkStopsTheStart(String network) {
        String message = assertThrows(ConfigurationException.class, () -> trusting(network))
                .getMessage();
        assertTrue(message.contains("jeton.http.trusted-proxies"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "198.51.100.1 | for=203.0.113.9                                  | 198.51.100.1",
                "10.0.0.1     | for=203.0.113.9                                  | 203.0.113.9",
                "10.0.0.1     | proto=https;For=\"203.0.113.9:47011\";by=10.0.0.1 | 203.0.113.9",
                "10.0.0.1     | for=\"[2001:db8:2::9]:_port\" ; proto=https      | 2001:db8:2::9",
                "10.0.0.1     | for=6.6.6.6, for=203.0.113.9, for=10.9.9.9       | 203.0.113.9",
                "10.0.0.1     | for=10.2.2.2                                     | 10.2.2.2",
                // What the asker began must not swallow what the proxy added.
                "10.0.0.1     | for=\"6.6.6.6, for=203.0.113.9                   | 203.0.113.9",
                "10.0.0.1     | for=6.6.6.6;by=\", for=\"[2001:db8:2::9]\"       | 2001:db8:2::9",
                "10.0.0.1     | for=6.6.6.6;by=\"\\, for=203.0.113.9              | 203.0.113.9",
                // No addresses.
                "10.0.0.1     | for=unknown                                      | 10.0.0.1",
                "10.0.0.1     | for=203.0.113.9, for=_hidden                     | 10.0.0.1",
                "10.0.0.1     | for=203.0.113.9, proto=https                     | 10.0.0.1",
                "10.0.0.1     | for=203.0.113.9;for=6.6.6.6                      | 10.0.0.1",
                "10.0.0.1     | for=2001:db8:2::9                                | 10.0.0.1",
                "10.0.0.1     | for=\"203.0.113.9\"x                             | 10.0.0.1",
                "10.0.0.1     | for=\"203.0.113.\\9\"                            | 10.0.0.1",
                "10.0.0.1     | for= 203.0.113.9                                 | 10.0.0.1",
                "10.0.0.1     | 203.0.113.9                                      | 10.0.0.1",
                "10.0.0.1     | for=203.0.113.9,                                 | 10.0.0.1",
                "10.0.0.1     | ~~                                               | 10.0.0.1"
            })
    @DisplayName("RFC 7239, where it is what the proxies write")
    void theSameOfForwarded(String peer, String forwarded, String expected) {
        assertEquals(expected, trusting("10.0.0.0/8", "forwarded").outermost(peer, List.of(forwarded)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0085", " \u0085", "for=6.6.6.6;\u0085", "\r", "for=6.6.6.6;\u2028"})
    @DisplayName("what some take for the end of a line is no end here")
    void noCharacterStopsTheReading(String said) {
        RemoteAddress forwarded = trusting("10.0.0.0/8", "forwarded");
        Duration forever = Duration.ofSeconds(20);
        assertEquals(
                "10.0.0.1", assertTimeoutPreemptively(forever, () -> forwarded.outermost("10.0.0.1", List.of(said))));
        assertEquals(
                "203.0.113.9",
                assertTimeoutPreemptively(
                        forever, () -> forwarded.outermost("10.0.0.1", List.of(said, "for=203.0.113.9"))));
    }

    static RemoteAddress trusting(String networks) {
        return trusting(networks, "x-forwarded-for");
    }

    static RemoteAddress trusting(String networks, String header) {
        return new RemoteAddress(new SmallRyeConfigBuilder()
                .withDefaultValue("jeton.http.trusted-proxies", networks)
                .withDefaultValue("jeton.http.forwarded-header", header)
                .withMapping(HttpConfig.class)
                .build()
                .getConfigMapping(HttpConfig.class));
    }
}
