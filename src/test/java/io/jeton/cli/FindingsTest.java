package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.admin.KeyDocument;
import io.jeton.keys.Rewrap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");

    @Test
    void aScheduleIsWellWhileEveryAlgorithmHasAKeyAndANextOne() {
        assertEquals(
                "ok",
                KeyChecks.schedule(List.of(line(NOW.plusSeconds(60), "active", "pending")), NOW)
                        .level());
        assertEquals(
                "fail",
                KeyChecks.schedule(List.of(line(NOW.plusSeconds(60), "active")), NOW)
                        .level());
        assertEquals(
                "fail",
                KeyChecks.schedule(List.of(line(NOW.plusSeconds(60), "pending")), NOW)
                        .level());
    }

    @Test
    void aRotationThatIsLateIsAFailure() {
        assertEquals(
                "ok",
                KeyChecks.schedule(List.of(line(NOW.minusSeconds(60), "active", "pending")), NOW)
                        .level());
        assertEquals(
                "fail",
                KeyChecks.schedule(List.of(line(NOW.minusSeconds(3600), "active", "pending")), NOW)
                        .level());
    }

    @Test
    void aKeyThatVerifiersDoNotFindIsNamed() {
        Finding finding = KeyChecks.published(List.of(line(NOW, "active", "pending")), List.of("k-active", "another"));
        assertEquals("fail", finding.level());
        assertTrue(finding.says().contains("k-pending"), finding.says());
    }

    @Test
    void aKeyThatDoesNotOpenIsAFailureAndOneOfAFormerKeyAWarning() {
        Rewrap.Report report =
                new Rewrap.Report("aa", Map.of("signing_key.sealed_private", Map.of("aa", 7L, "bb", 1L)));
        assertEquals("fail", KeyChecks.encryption(List.of("k1"), report).level());
        assertEquals("warn", KeyChecks.encryption(List.of(), report).level());
        assertEquals(
                "ok",
                KeyChecks.encryption(List.of(), new Rewrap.Report("aa", Map.of()))
                        .level());
    }

    @Test
    void clocksMayDifferByTheSkewAndNoMore() {
        Duration skew = Duration.ofMinutes(2);
        assertEquals(
                "ok",
                PublicChecks.difference("clock", Duration.ofSeconds(-4), skew).level());
        assertEquals(
                "warn",
                PublicChecks.difference("clock", Duration.ofMinutes(-1), skew).level());
        assertEquals(
                "fail",
                PublicChecks.difference("clock", Duration.ofSeconds(-121), skew).level());
    }

    @Test
    void aCertificateIsToldOfTwoWeeksBeforeItsEnd() {
        assertEquals(
                "ok", CertificateCheck.judge(NOW.plus(Duration.ofDays(15)), NOW).level());
        assertEquals(
                "warn",
                CertificateCheck.judge(NOW.plus(Duration.ofDays(13)), NOW).level());
    }

    @Test
    void anOldDatabaseOneInTheClearAndATrailThatCanBeChangedAreTold() {
        assertEquals(
                List.of("ok", "ok", "ok"),
                levels(new DatabaseCheck.Facts(180_000, "18", true, false, true, true, true)));
        assertEquals(
                List.of("fail", "warn", "fail"),
                levels(new DatabaseCheck.Facts(140_000, "14", false, false, true, false, true)));
        assertEquals(
                List.of("ok", "ok", "warn"),
                levels(new DatabaseCheck.Facts(150_000, "15", false, true, false, false, false)));
    }

    @Test
    void oneCheckThatFailsOrHangsKeepsNoOtherFromItsFinding() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Answer answer = Examination.of(
                List.of(
                        new Check("hangs", "wait", () -> {
                            never.await();
                            return List.of();
                        }),
                        new Check("fails", "mend", () -> {
                            throw new IOException("broken");
                        }),
                        new Check("works", "", () -> List.of(Finding.ok("works", "well")))),
                Duration.ofMillis(500),
                Secrets.of(name -> Optional.empty()));

        assertEquals(ExitCode.FAILED, answer.exitCode());
        assertTrue(
                answer.text().matches("(?s)fail +hangs .*fail +fails +broken.*-> mend.*ok +works +well"),
                answer.text());
    }

    @Test
    void whatAnAddressAnswersBeginsNoLineAndWhatADriverRepeatsIsNoSecret() {
        Secrets secrets = Secrets.of(name ->
                Optional.of(name).filter("quarkus.datasource.password"::equals).map(password -> "hunter2"));
        Answer answer = Examination.of(
                List.of(
                        new Check("issuer", "mend", () -> {
                            throw new IOException("x\rfail\nok    tls   fine\u2028\u001b[2J\u202e");
                        }),
                        new Check("database", "mend", () -> {
                            throw new IOException("no driver for jdbc:postgres://db?password=hunter2");
                        })),
                Duration.ofSeconds(10),
                secrets);

        assertEquals(4, answer.text().lines().count(), answer.text());
        assertTrue(answer.text().contains("\\u001b[2J\\u202e"), answer.text());
        assertTrue(answer.text().contains("password=***"), answer.text());
        assertFalse((answer.text() + answer.document()).contains("hunter2"), answer.text());
    }

    private static List<String> levels(DatabaseCheck.Facts facts) {
        return facts.findings().stream().map(Finding::level).toList();
    }

    private static KeyDocument.Timetable line(Instant due, String... states) {
        List<KeyDocument> keys = List.of(states).stream()
                .map(state -> new KeyDocument("k-" + state, "ES256", state, NOW, NOW, null, null))
                .toList();
        return new KeyDocument.Timetable("ES256", due, due, keys);
    }
}
