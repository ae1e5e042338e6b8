package io.jeton.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.protocol.Identifier;
import io.jeton.test.TestKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7517 §4, RFC 8725 §3.4: keys that strangers bring")
class PublicJwkTest {
    private final TestKey key = TestKey.es256();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x5c\":\"x\"",
                "\"x5c\":null",
                "\"x5c\":[null]",
                "\"x5c\":[1]",
                "\"x5c\":[\"MIIB\"]",
                "\"x5u\":\"http://127.0.0.1:9/\"",
                "\"key_ops\":5",
            })
    void whatDoesNotMakeTheKeyIsNotEvenParsed(String member) {
        PublicJwk read = PublicJwk.read(with(key, member));
        assertEquals(key.thumbprint(), read.thumbprint());
        assertFalse(read.json().contains(member.substring(0, 5)), read.json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kty\":null}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":5}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"\",\"y\":\"\"}",
                "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}",
            })
    void whatIsNoKeyIsRefusedWithASentence(String json) {
        refused(json);
    }

    @Test
    void aPointBesideTheCurveIsNoKey() {
        refused(key.publicJson().replaceAll("\"y\":\"[^\"]+\"", "\"y\":\"" + "A".repeat(42) + "E\""));
    }

    @Test
    @DisplayName("an RSA exponent as long as the modulus would make each verification a hundred times as dear")
    void aLongExponentIsRefused() {
        Random random = new Random(1);
        BigInteger modulus = new BigInteger(3072, random).setBit(3071).setBit(0);
        assertTrue(PublicJwk.read(rsa(modulus, BigInteger.valueOf(65_537))).signs("RS256"));
        refused(rsa(modulus, new BigInteger(3071, random).setBit(3070).setBit(0)));
        refused(rsa(modulus, BigInteger.ONE));
    }

    @Test
    @DisplayName("RFC 8725 §3.1: a key that says what it is for is for nothing else")
    void aKeyIsForItsAlgorithm() {
        TestKey rsa = TestKey.rs256();
        assertTrue(PublicJwk.read(rsa.publicJson()).signs("RS256"));
        assertTrue(PublicJwk.read(rsa.publicJson()).signs("PS256"));
        PublicJwk stated = PublicJwk.read(with(rsa, "\"alg\":\"PS256\""));
        assertTrue(stated.signs("PS256"));
        assertFalse(stated.signs("RS256"));
        refused(with(rsa, "\"alg\":\"ES256\""));
        refused(with(rsa, "\"alg\":\"HS256\""));
        refused(with(key, "\"use\":\"enc\""));
    }

    private static void refused(String json) {
        assertThrows(InvalidJwtException.class, () -> PublicJwk.read(json), json);
    }

    private static String with(TestKey key, String member) {
        return key.publicJson().replaceFirst("}$", "," + member + "}");
    }

    private static String rsa(BigInteger modulus, BigInteger exponent) {
        return "{\"kty\":\"RSA\",\"n\":\"" + base64(modulus) + "\",\"e\":\"" + base64(exponent) + "\"}";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Identifier.of(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
