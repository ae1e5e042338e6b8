package io.jeton.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whatever is presented: what opens is exactly what was sealed. */
class TokenSealFuzzTest {
    private static final TokenSeal SEAL = TokenSeal.ofGeneration("jrt_");
    private static final MacKey KEY = new MacKey(7, new byte[32]);
    private static final MacKeys KEYS = new MacKeys(KEY, List.of(KEY));
    private static final UUID ROW = new UUID(1, 2);
    private static final String GENUINE = SEAL.seal(KEY, ROW, 3);

    /** The input replaces a part of a genuine token, or is the token. */
    @FuzzTest(maxDuration = "1m")
    void opensOnlyWhatWasSealed(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        int at = data.length == 0 ? 0 : (data[0] & 0xff) % GENUINE.length();
        String grafted = GENUINE.substring(0, at) + text.substring(Math.min(1, text.length()));
        String spliced = grafted.length() < GENUINE.length() ? grafted + GENUINE.substring(grafted.length()) : grafted;
        for (String token : List.of(text, grafted, spliced)) {
            Optional<TokenSeal.Content> content = SEAL.open(KEYS, token);
            assertEquals(
                    token.equals(GENUINE) ? Optional.of(new TokenSeal.Content(ROW, 3)) : Optional.empty(), content);
        }
    }
}
