package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.crypto.Randomness;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 8628 §6.1 user codes")
class UserCodeTest {
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final Optional<UserCode> CODE = Optional.of(new UserCode("WDJBMJHT"));
    private final Randomness randomness = new Randomness();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WDJB-MJHT",
                "WDJBMJHT",
                "wdjb-mjht",
                "wDjB mJhT",
                " WDJB-MJHT ",
                "WDJB MJHT",
                "W D J B M J H T",
                "WDJB--MJHT",
                "WDJB.MJHT",
                "WDJB_MJHT",
                "WDJB\tMJHT\n",
                "WDJB\u2013MJHT",
                "WDJB\u2014MJHT",
                "WDJB\u2011MJHT",
                "WDJB\u00a0MJHT",
                "WDJB\u3000MJHT"
            })
    void itIsReadHoweverAPersonTypesIt(String typed) {
        assertEquals(CODE, UserCode.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "WDJB-MJH",
                "WDJB-MJHTB",
                "WDJB-MJHA",
                "WDJB-MJH0",
                "WDJB-MJHY",
                "WDJB/MJHT",
                "WDJB-MJH\u0422",
                "WDJB-MJHT'--",
                "<WDJBMJHT>",
                "WDJB\u0000MJHT",
                "\uFF37DJBMJHT"
            })
    void whatIsNoCodeIsNothing(String typed) {
        assertEquals(Optional.empty(), UserCode.parse(typed));
    }

    @Test
    void anEndlessInputIsNothing() {
        assertEquals(CODE, UserCode.parse("WDJBMJHT" + " ".repeat(56)));
        assertEquals(Optional.empty(), UserCode.parse("WDJBMJHT" + " ".repeat(57)));
        assertEquals(Optional.empty(), UserCode.parse("W".repeat(1_000_000)));
    }

    @Test
    void itIsReadTheSameWhereverTheServiceRuns() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals(CODE, UserCode.parse("wdjb-mjht"));
            assertEquals(Optional.empty(), UserCode.parse("wdjb-mjhi"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void itIsShownInTwoGroupsAndReadsBack() {
        assertEquals("WDJB-MJHT", CODE.orElseThrow().display());
        for (int i = 0; i < 1_000; i++) {
            UserCode drawn = UserCode.draw(randomness);
            assertTrue(drawn.display().matches("[" + ALPHABET + "]{4}-[" + ALPHABET + "]{4}"), drawn.display());
            assertEquals(Optional.of(drawn), UserCode.parse(drawn.display()));
        }
    }

    @Test
    void itSpellsNoWord() {
        for (char vowel : new char[] {'A', 'E', 'I', 'O', 'U', 'Y'}) {
            assertEquals(Optional.empty(), UserCode.parse("WDJBMJH" + vowel));
        }
    }

    @Test
    void everyLetterIsEquallyLikelyInEveryPlace() {
        int draws = 40_000;
        int[][] counts = new int[8][ALPHABET.length()];
        for (int i = 0; i < draws; i++) {
            String letters = UserCode.draw(randomness).letters();
            for (int place = 0; place < 8; place++) {
                counts[place][ALPHABET.indexOf(letters.charAt(place))]++;
            }
        }
        double expected = (double) draws / ALPHABET.length();
        for (int place = 0; place < 8; place++) {
            double chiSquare = 0;
            for (int count : counts[place]) {
                chiSquare += (count - expected) * (count - expected) / expected;
            }
            // 19 degrees of freedom: chance exceeds 80 once in 10^9. A byte modulo 20 comes to about 146.
            assertTrue(chiSquare < 80, "place " + place + ": " + chiSquare);
        }
    }

    @Test
    void noCodeIsDrawnTwiceInAWhile() {
        Set<UserCode> drawn = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            drawn.add(UserCode.draw(randomness));
        }
        // 20^8 possibilities: one clash in 12,800 such runs.
        assertTrue(drawn.size() >= 1_999);
    }

    @Test
    void theTextFormHidesIt() {
        assertFalse(CODE.orElseThrow().toString().contains("WDJB"));
    }
}
