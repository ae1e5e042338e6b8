package io.jeton.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A scope is refused with {@code invalid_scope}, or says the same when it is printed and read again. */
class ScopesFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void saysTheSameWhenReadAgain(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Scopes scopes;
        try {
            scopes = Scopes.parse(text);
        } catch (OAuthException e) {
            assertEquals(ErrorCode.INVALID_SCOPE, e.code());
            return;
        }
        assertEquals(scopes, Scopes.parse(scopes.toString()));
        // RFC 6749 §3.3: what goes into a token and a header is printable ASCII.
        assertTrue(scopes.toString().chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\'));
    }
}
