package io.jeton.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final Duration LEAD = Duration.ofDays(1);
    private static final Duration RETENTION = Duration.ofDays(2);
    private static final KeySchedule SCHEDULE = new KeySchedule(PERIOD, LEAD, RETENTION);

    @Test
    void theFirstKeySignsAtOnceAndTheNextIsPublishedWithIt() {
        assertEquals(
                List.of(
                        new KeyStep.Publish(KeyAlgorithm.ES256, KeyState.ACTIVE),
                        new KeyStep.Publish(KeyAlgorithm.ES256, KeyState.PENDING)),
                decide(List.of()));
    }

    @Test
    void nothingIsDueWhileTheActiveKeyIsYoung() {
        assertEquals(List.of(), decide(List.of(active("a", PERIOD.minusSeconds(1)), pending("b", LEAD))));
    }

    @Test
    void whenThePeriodIsOverThePendingKeyTakesOver() {
        assertEquals(
                List.of(
                        new KeyStep.Retire("a", NOW.plus(RETENTION)),
                        new KeyStep.Activate("b"),
                        new KeyStep.Publish(KeyAlgorithm.ES256, KeyState.PENDING)),
                decide(List.of(active("a", PERIOD), pending("b", LEAD))));
    }

    @Test
    void aKeyOfWhichNobodyKnowsSinceWhenItSignsGoesOn() {
        KeyTimes active = new KeyTimes("a", KeyAlgorithm.ES256, KeyState.ACTIVE, NOW.minus(PERIOD), null, null);
        assertEquals(List.of(), decide(List.of(active, pending("b", LEAD))));
    }

    @Test
    void aKeyThatVerifiersMayNotKnowYetDoesNotTakeOver() {
        assertEquals(List.of(), decide(List.of(active("a", PERIOD), pending("b", LEAD.minusSeconds(1)))));
    }

    @Test
    void anOperatorsHurryIsGrantedOnceVerifiersKnowTheNextKey() {
        List<KeyTimes> known = List.of(active("a", Duration.ofHours(1)), pending("b", LEAD));
        assertEquals(
                List.of(
                        new KeyStep.Retire("a", NOW.plus(RETENTION)),
                        new KeyStep.Activate("b"),
                        new KeyStep.Publish(KeyAlgorithm.ES256, KeyState.PENDING)),
                SCHEDULE.hurry(KeyAlgorithm.ES256, known, NOW));
        List<KeyTimes> tooNew = List.of(active("a", PERIOD), pending("b", LEAD.minusSeconds(1)));
        assertEquals(List.of(), SCHEDULE.hurry(KeyAlgorithm.ES256, tooNew, NOW));
        assertEquals(List.of(), SCHEDULE.hurry(KeyAlgorithm.ES256, List.of(active("a", PERIOD)), NOW));
    }

    @Test
    void theTimetableSaysWhenTheNextKeyMayAndWhenItWill() {
        List<KeyTimes> keys = List.of(active("a", Duration.ofDays(10)), pending("b", Duration.ofHours(1)));
        assertEquals(Optional.of(NOW.plus(Duration.ofDays(20))), SCHEDULE.dueAt(keys));
        assertEquals(Optional.of(NOW.plus(Duration.ofHours(23))), SCHEDULE.readyAt(keys));
        assertEquals(Optional.empty(), SCHEDULE.readyAt(List.of()));
    }

    @Test
    void aMissingNextKeyIsPublished() {
        assertEquals(
                List.of(new KeyStep.Publish(KeyAlgorithm.ES256, KeyState.PENDING)),
                decide(List.of(active("a", PERIOD))));
    }

    @Test
    void whereTheActiveKeyIsGoneItsPublishedSuccessorSignsAtOnce() {
        assertEquals(
                List.of(new KeyStep.Activate("b"), new KeyStep.Publish(KeyAlgorithm.ES256, KeyState.PENDING)),
                decide(List.of(pending("b", Duration.ZERO))));
    }

    @Test
    void aRetiredKeyIsKeptUntilItsLastTokenExpired() {
        KeyTimes kept = retired("r", NOW.plusSeconds(1));
        KeyTimes over = retired("s", NOW);
        assertEquals(
                List.of(new KeyStep.Delete("s")),
                decide(List.of(active("a", Duration.ZERO), pending("b", Duration.ZERO), kept, over)));
    }

    @Test
    void overYearsOfIrregularRunsNoVerifierMeetsAnUnknownKey() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<KeyTimes> keys = new ArrayList<>();
            Instant now = NOW;
            int made = 0;
            for (int run = 0; run < 3_000; run++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(random.nextInt(50) == 0 ? 100_000 : 600)));
                boolean first = keys.isEmpty();
                for (KeyStep step : SCHEDULE.decide(KeyAlgorithm.ES256, keys, now)) {
                    made = apply(keys, step, now, made, first);
                }
                String where = "seed " + seed + " run " + run;
                assertEquals(List.of(), SCHEDULE.decide(KeyAlgorithm.ES256, keys, now), where + ": idempotent");
                assertEquals(1, count(keys, KeyState.ACTIVE), where);
                assertEquals(1, count(keys, KeyState.PENDING), where);
            }
            assertTrue(made > 20, "it did rotate");
        }
    }

    private static int apply(List<KeyTimes> keys, KeyStep step, Instant now, int made, boolean first) {
        if (step instanceof KeyStep.Publish publish) {
            assertTrue(first || publish.as() == KeyState.PENDING, "only the very first key signs unannounced");
            Instant activated = publish.as() == KeyState.ACTIVE ? now : null;
            keys.add(new KeyTimes("k" + made, KeyAlgorithm.ES256, publish.as(), now, activated, null));
            return made + 1;
        } else if (step instanceof KeyStep.Activate activate) {
            KeyTimes key = take(keys, activate.kid());
            assertFalse(now.isBefore(key.publishedAt().plus(LEAD)), "published long enough");
            keys.add(new KeyTimes(key.kid(), key.algorithm(), KeyState.ACTIVE, key.publishedAt(), now, null));
        } else if (step instanceof KeyStep.Retire retire) {
            KeyTimes key = take(keys, retire.kid());
            assertFalse(retire.retainedUntil().isBefore(now.plus(RETENTION)), "kept for its last token");
            keys.add(new KeyTimes(
                    key.kid(),
                    key.algorithm(),
                    KeyState.RETIRED,
                    key.publishedAt(),
                    key.activatedAt(),
                    retire.retainedUntil()));
        } else if (step instanceof KeyStep.Delete delete) {
            assertEquals(KeyState.RETIRED, take(keys, delete.kid()).state());
        }
        return made;
    }

    private static KeyTimes take(List<KeyTimes> keys, String kid) {
        KeyTimes key = keys.stream()
                .filter(candidate -> candidate.kid().equals(kid))
                .findFirst()
                .orElseThrow();
        keys.remove(key);
        return key;
    }

    private static long count(List<KeyTimes> keys, KeyState state) {
        return keys.stream().filter(key -> key.state() == state).count();
    }

    private static List<KeyStep> decide(List<KeyTimes> keys) {
        return SCHEDULE.decide(KeyAlgorithm.ES256, keys, NOW);
    }

    private static KeyTimes active(String kid, Duration age) {
        Instant since = NOW.minus(age);
        return new KeyTimes(kid, KeyAlgorithm.ES256, KeyState.ACTIVE, since.minus(LEAD), since, null);
    }

    private static KeyTimes pending(String kid, Duration age) {
        return new KeyTimes(kid, KeyAlgorithm.ES256, KeyState.PENDING, NOW.minus(age), null, null);
    }

    private static KeyTimes retired(String kid, Instant until) {
        return new KeyTimes(kid, KeyAlgorithm.ES256, KeyState.RETIRED, NOW.minus(PERIOD), NOW.minus(PERIOD), until);
    }
}
