package io.jeton.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DpopProofTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com/token, true",
        "HTTPS://EXAMPLE.com:443/token, true",
        "https://example.com/token?a=b, true",
        "https://example.com/token#a, true",
        "https://example.com/./token, true",
        "http://example.com/token, false",
        "https://example.com:8443/token, false",
        "https://example.com/token/, false",
        "https://example.com/Token, false",
        "https://evil.example/token, false",
        "https://example.com, false",
        "/token, false",
        "not an address, false",
        "'', false",
    })
    void anAddressIsTheSameWhateverItsSpelling(String htu, boolean same) {
        assertEquals(same, DpopProof.isSame(htu, "https://example.com/token"));
    }
}
