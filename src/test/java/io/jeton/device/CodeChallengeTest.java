package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7636")
class CodeChallengeTest {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Nested
    @DisplayName("§4.6 verification")
    class Verification {
        @Test
        void theExampleOfAppendixBIsMet() {
            assertTrue(CodeChallenge.isMet(Optional.of(CHALLENGE), Optional.of(VERIFIER)));
        }

        @Test
        void anotherVerifierIsNot() {
            for (int at = 0; at < VERIFIER.length(); at++) {
                char other = VERIFIER.charAt(at) == 'A' ? 'B' : 'A';
                String wrong = VERIFIER.substring(0, at) + other + VERIFIER.substring(at + 1);
                assertFalse(CodeChallenge.isMet(Optional.of(CHALLENGE), Optional.of(wrong)));
            }
        }

        @Test
        void theChallengeItselfIsNoVerifier() {
            assertFalse(CodeChallenge.isMet(Optional.of(CHALLENGE), Optional.of(CHALLENGE)));
        }

        @Test
        void oneWithoutTheOtherIsNotMet() {
            assertFalse(CodeChallenge.isMet(Optional.of(CHALLENGE), Optional.empty()));
            assertFalse(CodeChallenge.isMet(Optional.empty(), Optional.of(VERIFIER)));
            assertTrue(CodeChallenge.isMet(Optional.empty(), Optional.empty()));
        }

        @Test
        void aVerifierOutsideTheGrammarIsNotMet() {
            for (String verifier :
                    new String[] {"", "short", "x".repeat(42), "x".repeat(129), VERIFIER + "=", VERIFIER + "é"}) {
                assertFalse(CodeChallenge.isMet(Optional.of(CHALLENGE), Optional.of(verifier)), verifier);
            }
        }
    }

    @Nested
    @DisplayName("§4.3 the request")
    class Request {
        @Test
        void aChallengeIsOptional() {
            assertEquals(Optional.empty(), CodeChallenge.of(form("client_id=x")));
        }

        @Test
        void aChallengeComesWithItsMethod() {
            assertEquals(
                    Optional.of(CHALLENGE),
                    CodeChallenge.of(form("code_challenge=" + CHALLENGE + "&code_challenge_method=S256")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "code_challenge=" + CHALLENGE,
                    "code_challenge=" + CHALLENGE + "&code_challenge_method=plain",
                    "code_challenge=" + CHALLENGE + "&code_challenge_method=s256",
                    "code_challenge=" + CHALLENGE + "%3D&code_challenge_method=S256",
                    "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw%2BcM&code_challenge_method=S256",
                    "code_challenge=short&code_challenge_method=S256",
                    "code_challenge_method=S256",
                    "code_challenge_method=plain"
                })
        void anythingElseIsAnInvalidRequest(String body) {
            FormParameters form = form(body);
            assertEquals(
                    ErrorCode.INVALID_REQUEST,
                    assertThrows(OAuthException.class, () -> CodeChallenge.of(form))
                            .code());
        }
    }

    private static FormParameters form(String body) {
        return FormParameters.parse("application/x-www-form-urlencoded", body.getBytes(StandardCharsets.US_ASCII));
    }
}
