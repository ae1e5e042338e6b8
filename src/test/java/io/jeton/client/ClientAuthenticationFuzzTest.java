package io.jeton.client;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where no client is registered, no header is a client's, and every one is refused in the protocol's words. */
class ClientAuthenticationFuzzTest {
    private static final Set<ErrorCode> REFUSALS = Set.of(ErrorCode.INVALID_CLIENT, ErrorCode.INVALID_REQUEST);

    private final ClientAuthentication authentication =
            new ClientAuthentication(new ClientRegistry(null), null, null, null, Clock.systemUTC());
    private final FormParameters form = FormParameters.parse("application/x-www-form-urlencoded", new byte[0]);

    @FuzzTest(maxDuration = "1m")
    void isRefused(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        for (String header :
                List.of(text, "Basic " + text, "basic " + Base64.getEncoder().encodeToString(data))) {
            OAuthException refused = assertThrows(
                    OAuthException.class, () -> authentication.authenticate(header, form, Optional::empty));
            assertTrue(REFUSALS.contains(refused.code()));
        }
    }
}
