package io.jeton.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormGuardTest {
    @ParameterizedTest
    @CsvSource({
        "https://Tokens.Example.com/path, https://tokens.example.com",
        "https://example.com:443, https://example.com",
        "http://example.com:80, http://example.com",
        "https://example.com:8443/x, https://example.com:8443",
        "http://localhost:8080, http://localhost:8080",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void anOriginIsWrittenAsBrowsersWriteIt(String issuer, String origin) {
        assertEquals(origin, FormGuard.origin(issuer));
    }
}
