package io.jeton.mtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would bring no certificate, or believe anybody, stops the start, and says what to set instead. */
class StartCheckTest {
    @Test
    void nothingIsNeededWhereNothingIsSet() {
        assertEquals(List.of(), problems(false));
    }

    @Test
    void aListenerThatAsksMustTakeEveryCertificate() {
        assertTrue(problems(true, "direct", "true").get(0).contains("quarkus.http.tls-configuration-name"));
    }

    @Test
    void aHeaderNeedsAProxyThatIsTrusted() {
        assertEquals(List.of(), problems(true, "header", "Client-Cert"));
        assertTrue(problems(false, "header", "Client-Cert").get(0).contains("jeton.http.trusted-proxies"));
        assertEquals(1, problems(true, "header", "Client Cert").size());
    }

    @Test
    void authoritiesMustBeThere() {
        assertTrue(problems(true, "authorities", "clients").get(0).contains("quarkus.tls.clients.trust-store"));
        MtlsConfig config = config(Map.of("jeton.mtls.authorities", "clients"));
        KeyStore authority = TestCertificate.trustStore(TestCertificate.authority("Clients"));
        assertEquals(List.of(), StartCheck.problems(config, false, Optional.empty(), Optional.of(authority)));
        KeyStore client = TestCertificate.trustStore(TestCertificate.selfSigned("client"));
        assertEquals(
                1,
                StartCheck.problems(config, false, Optional.empty(), Optional.of(client))
                        .size());
    }

    @ParameterizedTest
    @CsvSource({
        "https://mtls.example.com, 0",
        "https://mtls.example.com/tokens/, 0",
        "http://mtls.example.com, 1",
        "mtls.example.com, 1",
        "https://mtls.example.com?a, 1",
        "https://a@mtls.example.com, 1",
        "https://, 1",
    })
    void theOtherAddressIsOne(String base, int problems) {
        assertEquals(problems, problems(true, "endpoint-base", base).size());
    }

    private static List<String> problems(boolean trustsProxies, String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("jeton.mtls." + settings[i], settings[i + 1]);
        }
        return StartCheck.problems(config(all), trustsProxies, Optional.empty(), Optional.empty());
    }

    private static MtlsConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withDefaultValues(settings)
                .withMapping(MtlsConfig.class)
                .build()
                .getConfigMapping(MtlsConfig.class);
    }
}
