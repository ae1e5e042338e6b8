package io.jeton.device;

import io.jeton.crypto.Sha256;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.Identifier;
import io.jeton.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/** PKCE (RFC 7636) on the device grant: who asked for the code is who redeems it. S256 alone, the plain method protects nothing. */
final class CodeChallenge {
    static final String METHOD = "S256";
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private CodeChallenge() {}

    /** The challenge of a device authorization request, if it sends one. */
    static Optional<String> of(FormParameters form) {
        Optional<String> challenge = form.get("code_challenge");
        Optional<String> method = form.get("code_challenge_method");
        if (challenge.isEmpty() && method.isPresent()) {
            throw OAuthException.invalidRequest("code_challenge_method comes without code_challenge");
        }
        if (challenge.isPresent() && method.filter(METHOD::equals).isEmpty()) {
            throw OAuthException.invalidRequest("code_challenge_method must be S256");
        }
        if (challenge.filter(text -> !CHALLENGE.matcher(text).matches()).isPresent()) {
            throw OAuthException.invalidRequest("code_challenge must be a SHA-256 hash in base64url, 43 characters");
        }
        return challenge;
    }

    /** Whether the verifier is the challenge's: RFC 7636 §4.6. Where there is no challenge, none must be sent. */
    static boolean isMet(Optional<String> challenge, Optional<String> verifier) {
        if (challenge.isEmpty() || verifier.isEmpty()) {
            return challenge.isEmpty() && verifier.isEmpty();
        }
        return VERIFIER.matcher(verifier.get()).matches()
                && MessageDigest.isEqual(
                        challenge.get().getBytes(StandardCharsets.US_ASCII),
                        Identifier.of(Sha256.of(verifier.get())).getBytes(StandardCharsets.US_ASCII));
    }
}
