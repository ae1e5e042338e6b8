package io.jeton.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenSealTest {
    private static final TokenSeal CHAIN = TokenSeal.ofGeneration("jrt_");
    private static final TokenSeal ROW = TokenSeal.ofRow("jdc_");
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final MacKey KEY = key(7, 7);
    private static final MacKeys KEYS = new MacKeys(KEY, List.of(KEY));

    @Test
    void whatIsSealedOpens() {
        Random random = new Random(6749);
        for (int i = 0; i < 1_000; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            int generation = random.nextInt();
            assertEquals(
                    Optional.of(new TokenSeal.Content(id, generation)),
                    CHAIN.open(KEYS, CHAIN.seal(KEY, id, generation)));
            assertEquals(Optional.of(new TokenSeal.Content(id, 0)), ROW.open(KEYS, ROW.seal(KEY, id, 0)));
        }
    }

    @Test
    void itIsPrefixVersionIdGenerationAndTag() {
        String token = CHAIN.seal(KEY, ID, 258);
        assertTrue(token.matches("jrt_[A-Za-z0-9_-]{50}"), token);
        byte[] bytes = bytes(token);
        assertEquals(1 + 16 + 4 + 16, bytes.length);
        assertEquals(7, bytes[0]);
        assertEquals(0x00, bytes[1]);
        assertEquals((byte) 0xFF, bytes[16]);
        assertEquals(1, bytes[19]);
        assertEquals(2, bytes[20]);
        assertTrue(ROW.seal(KEY, ID, 0).matches("jdc_[A-Za-z0-9_-]{44}"));
    }

    @Test
    void theSameIsSealedTheSame() {
        assertEquals(CHAIN.seal(KEY, ID, 3), CHAIN.seal(KEY, ID, 3));
        assertNotEquals(CHAIN.seal(KEY, ID, 3), CHAIN.seal(KEY, ID, 4));
    }

    @Test
    void oneFlippedBitIsRefused() {
        for (TokenSeal seal : List.of(CHAIN, ROW)) {
            String token = seal.seal(KEY, ID, 0);
            byte[] bytes = bytes(token);
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] forged = bytes.clone();
                forged[bit / 8] ^= (byte) (1 << bit % 8);
                assertTrue(
                        seal.open(KEYS, token.substring(0, 4) + base64(forged)).isEmpty(), "bit " + bit);
            }
        }
    }

    @Test
    void aFlippedVersionIsRefusedEvenWhereThatVersionExists() {
        MacKey other = key(6, 6);
        MacKeys both = new MacKeys(KEY, List.of(KEY, other));
        byte[] bytes = bytes(CHAIN.seal(KEY, ID, 1));
        bytes[0] = 6;
        assertTrue(CHAIN.open(both, "jrt_" + base64(bytes)).isEmpty());
    }

    @Test
    void whatIsCutOrLengthenedIsRefused() {
        String token = CHAIN.seal(KEY, ID, 1);
        for (int length = 0; length < token.length(); length++) {
            assertTrue(CHAIN.open(KEYS, token.substring(0, length)).isEmpty());
        }
        for (String more : List.of("A", "=", " ", "\n", "AAAA")) {
            assertTrue(CHAIN.open(KEYS, token + more).isEmpty());
            assertTrue(CHAIN.open(KEYS, more + token).isEmpty());
        }
    }

    @Test
    void anotherKindsTokenIsRefused() {
        TokenSeal sameShape = TokenSeal.ofGeneration("jxx_");
        String foreign = sameShape.seal(KEY, ID, 1);
        assertTrue(CHAIN.open(KEYS, foreign).isEmpty());
        assertTrue(CHAIN.open(KEYS, "jrt_" + foreign.substring(4)).isEmpty(), "its tag is for its kind alone");
        assertTrue(CHAIN.open(KEYS, ROW.seal(KEY, ID, 0)).isEmpty());
        assertTrue(ROW.open(KEYS, CHAIN.seal(KEY, ID, 0)).isEmpty());
        assertTrue(
                CHAIN.open(KEYS, "JRT_" + CHAIN.seal(KEY, ID, 1).substring(4)).isEmpty());
    }

    @Test
    void anotherSecretsTokenIsRefused() {
        assertTrue(CHAIN.open(KEYS, CHAIN.seal(key(7, 8), ID, 1)).isEmpty(), "same version, other secret");
        assertTrue(CHAIN.open(KEYS, CHAIN.seal(key(8, 7), ID, 1)).isEmpty(), "same secret, unknown version");
    }

    @Test
    void aFormerSecretOpensUntilItIsGone() {
        MacKey next = key(8, 8);
        String old = CHAIN.seal(KEY, ID, 1);
        assertTrue(CHAIN.open(new MacKeys(next, List.of(next, KEY)), old).isPresent());
        assertTrue(CHAIN.open(new MacKeys(next, List.of(next)), old).isEmpty());
    }

    @Test
    void versionsAboveAByteHalfAreVersionsToo() {
        MacKey high = key(255, 1);
        assertTrue(CHAIN.open(new MacKeys(high, List.of(high)), CHAIN.seal(high, ID, 1))
                .isPresent());
    }

    @Test
    void oneTokenHasOneSpelling() {
        String token = CHAIN.seal(KEY, ID, 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Set<String> accepted = new HashSet<>();
        for (int i = 0; i < alphabet.length(); i++) {
            String spelled = token.substring(0, token.length() - 1) + alphabet.charAt(i);
            if (CHAIN.open(KEYS, spelled).isPresent()) {
                accepted.add(spelled);
            }
        }
        assertEquals(Set.of(token), accepted);
    }

    @Test
    void theOtherBase64AlphabetIsRefused() {
        Random random = new Random(4648);
        String token;
        do {
            token = CHAIN.seal(KEY, new UUID(random.nextLong(), random.nextLong()), 1);
        } while (!token.substring(4).contains("-") && !token.substring(4).contains("_"));
        String other = "jrt_" + token.substring(4).replace('-', '+').replace('_', '/');
        assertFalse(CHAIN.open(KEYS, other).isPresent());
    }

    @Test
    void nothingWhatsoeverIsOpenedByChance() {
        Random random = new Random(2104);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("jrt_");
            for (int at = 0; at < 50; at++) {
                text.append((char) random.nextInt(i % 2 == 0 ? 0x80 : 0x10000));
            }
            assertTrue(CHAIN.open(KEYS, text.toString()).isEmpty());
        }
    }

    private static MacKey key(int version, int fill) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) fill);
        return new MacKey(version, secret);
    }

    private static byte[] bytes(String token) {
        return Base64.getUrlDecoder().decode(token.substring(4));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
