package io.jeton.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.crypto.MacKey;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class GuessBudgetTest {
    @Inject
    GuessBudget budget;

    @Inject
    GuessBudgetRepository repository;

    @Inject
    BrowserSessionRepository sessions;

    private String person;
    private String place;
    private Guess guess;

    @BeforeEach
    void somebodyNew() {
        long number = new Random().nextLong();
        person = "person " + number;
        place = "place " + number;
        guess = new Guess(Map.of(person, Guess.Limit.ACCOUNT, place, Guess.Limit.ADDRESS));
    }

    @Test
    void theSixthWrongGuessIsNotMade() {
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), spend(made, Optional.empty()));
        }
        GuessesExhaustedException refused =
                assertThrows(GuessesExhaustedException.class, () -> spend(made, Optional.of("right")));
        assertEquals(5, made.get());
        assertTrue(refused.retryAfter().compareTo(Duration.ofMinutes(15)) <= 0);
        assertTrue(refused.retryAfter().compareTo(Duration.ofMinutes(14)) > 0);
    }

    @Test
    void whatIsRefusedToAPersonIsNotChargedToThePlace() {
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            spend(made, Optional.empty());
        }
        for (int i = 0; i < 30; i++) {
            assertThrows(GuessesExhaustedException.class, () -> spend(made, Optional.empty()));
        }
        assertEquals(5, failures(place));
    }

    @Test
    void aRightGuessAmongWrongOnesTakesOnlyItselfBack() {
        AtomicInteger made = new AtomicInteger();
        spend(made, Optional.empty());
        spend(made, Optional.empty());
        assertEquals(Optional.of("right"), spend(made, Optional.of("right")));
        assertEquals(2, failures(person));
    }

    @Test
    void aGuessThatFailedIsNotPaidFor() {
        for (int i = 0; i < 10; i++) {
            assertThrows(IllegalStateException.class, () -> budget.spend(
                            guess, () -> Uni.createFrom().<Optional<String>>failure(new IllegalStateException("away")))
                    .await()
                    .indefinitely());
        }
        assertEquals(Optional.of("right"), spend(new AtomicInteger(), Optional.of("right")));
    }

    @Test
    void aGuesserWithManyAddressesSpendsTheBudgetOfTheName() {
        MacKey key = new MacKey(1, new byte[32]);
        Credentials credentials = new Credentials(person, "guessed");
        AtomicInteger made = new AtomicInteger();
        for (int address = 0; address < 120; address++) {
            guess = Guess.ofPassword(key, credentials, "198.51." + address + ".1");
            if (address < 100) {
                spend(made, Optional.empty());
            } else {
                assertThrows(GuessesExhaustedException.class, () -> spend(made, Optional.of("right")));
            }
        }
        assertEquals(100, made.get());
    }

    @Test
    void aRefundDoesNotReachIntoTheNextWindow() {
        List<GuessBudgetRepository.Charge> charged = repository
                .charge(payers(person, place), Duration.ofMinutes(1), Duration.ofHours(1))
                .await()
                .indefinitely();
        Database.update("update guess_budget set window_ends_at = now() where subject = ?", person);
        spend(new AtomicInteger(), Optional.empty());
        repository.refund(charged).await().indefinitely();
        assertEquals(1, failures(person));
    }

    @Test
    void whoGuessesOnAndOnWaitsTwiceAsLongEachTimeAndWhoeverSharesHisAddressDoesNot() {
        for (int minutes : new int[] {15, 30, 60}) {
            // Four persons behind one address spend its budget, and each his own.
            for (int other = 0; other < 4; other++) {
                guess = new Guess(Map.of(person + other, Guess.Limit.ACCOUNT, place, Guess.Limit.ADDRESS));
                for (int guesses = 0; guesses < 5; guesses++) {
                    spend(new AtomicInteger(), Optional.empty());
                }
                assertThrows(GuessesExhaustedException.class, () -> spend(new AtomicInteger(), Optional.of("right")));
                assertEquals(minutes, minutesLeft(person + other));
            }
            assertEquals(15, minutesLeft(place));
            Database.update(
                    "update guess_budget set window_ends_at = now() - interval '1 second'"
                            + " where subject = ? or subject like ?",
                    place,
                    person + "_");
        }
    }

    private static int minutesLeft(String subject) {
        return (int) Database.one(
                        "select (extract(epoch from window_ends_at - now()) / 60 + 0.5)::int as minutes"
                                + " from guess_budget where subject = ?",
                        subject)
                .get("minutes");
    }

    @Test
    void whoExhaustsABudgetAgainAndAgainWaitsLongerEachTimeUpToALimit() {
        for (int minutes : new int[] {15, 30, 60, 100, 100}) {
            for (int guesses = 0; guesses < 6; guesses++) {
                repository
                        .charge(payers(person), Duration.ofMinutes(15), Duration.ofMinutes(100))
                        .await()
                        .indefinitely();
            }
            assertEquals(minutes, minutesLeft(person));
            Database.update(
                    "update guess_budget set window_ends_at = now() - interval '1 second' where subject = ?", person);
        }
        repository.purge(1000).await().indefinitely();
        Database.update("update guess_budget set failures = 1 where subject = ?", person);
        repository
                .charge(payers(person), Duration.ofMinutes(15), Duration.ofHours(8))
                .await()
                .indefinitely();
        assertEquals(
                0,
                Database.one("select strikes from guess_budget where subject = ?", person)
                        .get("strikes"));
    }

    private static List<GuessBudgetRepository.Payer> payers(String... subjects) {
        return Arrays.stream(subjects)
                .map(subject -> new GuessBudgetRepository.Payer(subject, 5))
                .toList();
    }

    @Test
    void aPurgeTakesWhatHasEndedAndLeavesTheRest() {
        spend(new AtomicInteger(), Optional.empty());
        Database.update(
                "update guess_budget set window_ends_at = now() - interval '1 second' where subject = ?", person);
        assertTrue(repository.purge(1000).await().indefinitely() >= 1);
        assertEquals(1, failures(place));
        assertTrue(Database.query("select from guess_budget where subject = ?", person)
                .isEmpty());
        assertTrue(sessions.purge(1000).await().indefinitely() >= 0);
    }

    private Optional<String> spend(AtomicInteger made, Optional<String> found) {
        return budget.spend(guess, () -> {
                    made.incrementAndGet();
                    return Uni.createFrom().item(found);
                })
                .await()
                .indefinitely();
    }

    private static int failures(String subject) {
        return (Integer) Database.one("select failures from guess_budget where subject = ?", subject)
                .get("failures");
    }
}
