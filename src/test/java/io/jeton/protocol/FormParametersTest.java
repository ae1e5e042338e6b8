package io.jeton.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormParametersTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Nested
    @DisplayName("§3.2 each parameter at most once")
    class Parameters {
        @Test
        void aRepeatedParameterIsRefused() {
            refused("a=1&a=1");
            refused("a=1&a=2");
            refused("a=1&b=2&%61=3");
        }

        @Test
        void aRepetitionIsOneEvenWithoutAValue() {
            refused("a=&a=1");
            refused("a&a");
            refused("a=1&a");
        }

        @Test
        void aParameterWithoutAValueIsAsIfItWereOmitted() {
            FormParameters form = parse("a=&b&c=1");
            assertEquals(Optional.empty(), form.get("a"));
            assertEquals(Optional.empty(), form.get("b"));
            assertEquals(Optional.of("1"), form.get("c"));
            assertFalse(form.contains("a"));
            assertTrue(form.contains("c"));
            assertThrows(OAuthException.class, () -> form.require("a"));
        }

        @Test
        void emptyPairsAreNone() {
            assertEquals(Optional.of("1"), parse("&&a=1&&").get("a"));
            assertEquals(Optional.empty(), parse("").get("a"));
        }

        @Test
        void aMissingParameterIsNamed() {
            assertEquals(
                    "the parameter grant_type is missing",
                    assertThrows(OAuthException.class, () -> parse("").require("grant_type"))
                            .description());
        }

        @Test
        void namesAreCaseSensitive() {
            FormParameters form = parse("A=1&a=2");
            assertEquals(Optional.of("1"), form.get("A"));
            assertEquals(Optional.of("2"), form.get("a"));
        }

        @Test
        void theTextFormHoldsNoValue() {
            assertEquals(
                    "FormParameters[client_secret]",
                    parse("client_secret=s3cr3t").toString());
        }
    }

    @Nested
    @DisplayName("appendix B encoding")
    class Encoding {
        @Test
        void everyCharacterComesThrough() {
            // The RFC's own example: space, percent, ampersand, plus, pound, euro.
            assertEquals(
                    Optional.of(" %&+£€"), parse("v=+%25%26%2B%C2%A3%E2%82%AC").get("v"));
            assertEquals(Optional.of("a=b=c"), parse("v=a=b=c").get("v"));
            assertEquals(Optional.of("\uD83D\uDE00"), parse("v=%F0%9F%98%80").get("v"));
            assertEquals(Optional.of("aZ"), parse("v=%61%5a").get("v"));
        }

        @Test
        void rawUtf8ComesThrough() {
            assertEquals(Optional.of("£€"), parse("v=£€").get("v"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"v=%", "v=%4", "v=%zz", "v=%4g", "v=%-1", "v=%+1", "v=% 1", "%=1", "v=1%&w=1", "v=%4&w=1"})
        void aBrokenPercentEscapeIsRefused(String body) {
            refused(body);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "v=%FF",
                    "v=%C3",
                    "v=%C3%28",
                    "v=%C0%80",
                    "v=%E2%82",
                    "v=%ED%A0%80",
                    "v=%F8%88%80%80%80",
                    "v=%F4%90%80%80",
                    "%80=1"
                })
        void whatIsNotUtf8IsRefused(String body) {
            refused(body);
        }

        @Test
        void controlCharactersAreRefusedInNamesAndValues() {
            for (int c = 0; c < 0x20; c++) {
                refused(String.format("v=a%%%02xb", c));
                refused(String.format("a%%%02xb=v", c));
            }
            refused("v=%7f");
            refused("v=%C2%85");
            refused("v=a\u0000b");
        }
    }

    @Nested
    @DisplayName("sizes")
    class Sizes {
        @Test
        void aValueHasAtMost8192Bytes() {
            assertEquals(8192, parse("v=" + "x".repeat(8192)).require("v").length());
            refused("v=" + "x".repeat(8193));
            refused("v=" + "€".repeat(2731));
            refused("x".repeat(8193) + "=v");
        }

        @Test
        void thereAreAtMost64Parameters() {
            StringBuilder body = new StringBuilder("p0=1");
            for (int i = 1; i < 64; i++) {
                body.append("&p").append(i).append("=1");
            }
            assertEquals(Optional.of("1"), parse(body.toString()).get("p63"));
            refused(body + "&p64=1");
            refused(body + "&p64");
        }
    }

    @Nested
    @DisplayName("content type")
    class ContentType {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    FORM,
                    FORM + ";",
                    FORM + ";charset=UTF-8",
                    FORM + " ; charset=\"utf-8\"",
                    "Application/X-WWW-Form-Urlencoded; Charset=Utf-8"
                })
        void aFormInUtf8IsRead(String type) {
            assertEquals(Optional.of("1"), read(type, "a=1").get("a"));
        }

        @Test
        void theCharsetThatSomeLibrariesNameIsNotBelieved() {
            String type = FORM + "; charset=ISO-8859-1";
            assertEquals(Optional.of("\u00e9"), read(type, "a=%C3%A9").get("a"));
            assertThrows(OAuthException.class, () -> read(type, "a=%E9"));
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(
                strings = {
                    "",
                    ";",
                    "application/json",
                    "text/plain",
                    "multipart/form-data; boundary=x",
                    "application/x-www-form-urlencoded2",
                    FORM + "," + FORM
                })
        void anythingElseIsRefused(@Nullable String type) {
            assertEquals(
                    ErrorCode.INVALID_REQUEST,
                    assertThrows(OAuthException.class, () -> read(type, "a=1")).code());
        }
    }

    @Test
    void noBytesWhatsoeverMakeAnythingButARefusal() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            for (int at = 0; at < body.length; at++) {
                if (random.nextInt(3) == 0) {
                    body[at] = (byte) "%&=+aF0".charAt(random.nextInt(7));
                }
            }
            try {
                assertFalse(FormParameters.parse(FORM, body).contains("grant_type"));
            } catch (OAuthException refused) {
                assertEquals(ErrorCode.INVALID_REQUEST, refused.code(), "seed " + seed);
            }
        }
    }

    private static FormParameters parse(String body) {
        return read(FORM, body);
    }

    private static FormParameters read(@Nullable String type, String body) {
        return FormParameters.parse(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String body) {
        OAuthException refusal = assertThrows(OAuthException.class, () -> parse(body), body);
        assertEquals(ErrorCode.INVALID_REQUEST, refusal.code());
        assertTrue(refusal.description().matches("[\\x20-\\x7E&&[^\"\\\\]]+"), refusal.description());
    }
}
