package io.jeton.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6749 §3.3 scopes")
class ScopesTest {
    @Test
    void everyCharacterOfTheGrammarIsAllowedAndNoOther() {
        for (char c = 0; c < 0x180; c++) {
            String scope = "a" + c + "b";
            boolean allowed = c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E);
            if (allowed) {
                assertEquals(List.of(scope), List.copyOf(Scopes.parse(scope).values()), scope);
            } else if (c != ' ') {
                refused(scope);
            }
        }
    }

    @Test
    void aBrokersScopeIsAScope() {
        assertTrue(Scopes.parse("openid rabbitmq.read:*/*/*").contains("rabbitmq.read:*/*/*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a  b", "a\tb", "a\nb", "a\u0000b", "\"", "\\", "é", "\uD83D\uDE00"})
    void whatBreaksTheGrammarIsRefused(String text) {
        refused(text);
    }

    @Test
    void whatIsLongerThanAThousandCharactersIsRefused() {
        assertEquals(1024, Scopes.parse("x".repeat(1024)).toString().length());
        refused("x".repeat(1025));
    }

    @Test
    void theOrderStaysAndARepetitionCountsOnce() {
        assertEquals("c a b", Scopes.parse("c a b a c").toString());
    }

    @Test
    void caseMatters() {
        assertFalse(Scopes.parse("Read").contains("read"));
    }

    @Test
    void aRequestMayNarrowInAnyOrder() {
        Scopes granted = Scopes.parse("a b c");
        assertEquals("c a", granted.narrowTo(Scopes.parse("c a")).toString());
        assertEquals("a b c", granted.narrowTo(granted).toString());
        assertTrue(granted.narrowTo(Scopes.NONE).isEmpty());
    }

    @Test
    void aRequestMayNeverWiden() {
        Scopes granted = Scopes.parse("a b c");
        for (String wider : List.of("d", "a d", "a b c d", "A", "ab")) {
            assertEquals(
                    ErrorCode.INVALID_SCOPE,
                    assertThrows(OAuthException.class, () -> granted.narrowTo(Scopes.parse(wider)))
                            .code());
        }
        assertThrows(OAuthException.class, () -> Scopes.NONE.narrowTo(Scopes.parse("a")));
    }

    @Test
    void theEmptyListOfStorageIsNoScope() {
        assertSame(Scopes.NONE, Scopes.of(""));
        assertEquals("", Scopes.NONE.toString());
        assertEquals("a b", Scopes.of("a b").toString());
    }

    @Test
    void aFilterKeepsTheOrder() {
        assertEquals(
                "c b",
                Scopes.parse("c openid b")
                        .filter(scope -> !scope.equals(Scopes.OPENID))
                        .toString());
    }

    private static void refused(String text) {
        assertEquals(
                ErrorCode.INVALID_SCOPE,
                assertThrows(OAuthException.class, () -> Scopes.parse(text), text)
                        .code());
    }
}
