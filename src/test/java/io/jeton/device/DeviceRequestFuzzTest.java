package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** What a device sends of itself, and its PKCE challenge: refused with {@code invalid_request}, or within their bounds. */
class DeviceRequestFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isRefusedOrWithinBounds(byte[] body) {
        try {
            FormParameters form = FormParameters.parse("application/x-www-form-urlencoded", body);
            DeviceClaims claims = DeviceClaims.of(form);
            Stream.of(claims.name(), claims.serial(), claims.model())
                    .flatMap(Optional::stream)
                    .forEach(claim -> assertTrue(claim.length() <= 100 && !claim.isBlank()));
            Optional<String> challenge = CodeChallenge.of(form);
            Optional<String> verifier = Optional.of(new String(body, StandardCharsets.UTF_8));
            // Whoever finds a verifier for a challenge that he did not make has broken SHA-256.
            assertFalse(CodeChallenge.isMet(challenge, verifier));
        } catch (OAuthException e) {
            assertEquals(ErrorCode.INVALID_REQUEST, e.code());
        }
    }
}
