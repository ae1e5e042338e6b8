package io.jeton.refresh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.jeton.client.Client.RefreshPolicy;
import io.jeton.refresh.Presentation.Issued;
import io.jeton.refresh.Presentation.Repeated;
import io.jeton.refresh.Presentation.Reused;
import io.jeton.refresh.Presentation.Why;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefreshRotationTest {
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final RefreshPolicy POLICY =
            new RefreshPolicy(Duration.ofDays(1), Duration.ofDays(9), Duration.ofMinutes(10), 10);

    @Test
    void theNewestTokenIsConfirmedAndTheNextIsIssued() {
        assertEquals(new Issued(Why.NEWEST, 8, 7, 0), present(state(7, 6, 3, false), 7, Duration.ofDays(1)));
    }

    @Test
    void theFormerTokenGetsTheSameSuccessorWithinFiveSeconds() {
        assertInstanceOf(Repeated.class, present(state(7, 6, 0, false), 6, Duration.ofMillis(4999)));
    }

    @Test
    void theFormerTokenGetsTheSameSuccessorWhereClocksRanBackwards() {
        assertInstanceOf(Repeated.class, present(state(7, 6, 0, false), 6, Duration.ofSeconds(-3)));
    }

    @Test
    void theFormerTokenGetsANewSuccessorAfterFiveSeconds() {
        assertEquals(new Issued(Why.RETRY, 8, 6, 3), present(state(7, 6, 2, false), 6, Duration.ofSeconds(5)));
    }

    @Test
    void theSiblingThatARetryReplacedIsReuse() {
        assertInstanceOf(Reused.class, present(state(8, 6, 1, false), 7, Duration.ofSeconds(6)));
    }

    @Test
    void theFormerTokenIsReuseWhenTheWindowIsOver() {
        assertInstanceOf(Reused.class, present(state(7, 6, 0, false), 6, Duration.ofMinutes(10)));
    }

    @Test
    void theFormerTokenIsReuseWhenItsRetriesAreSpent() {
        assertInstanceOf(Issued.class, present(state(7, 6, 9, false), 6, Duration.ofSeconds(30)));
        assertInstanceOf(Reused.class, present(state(7, 6, 10, false), 6, Duration.ofSeconds(30)));
    }

    @Test
    void anOlderTokenIsReuseForEver() {
        assertInstanceOf(Reused.class, present(state(7, 6, 0, false), 5, Duration.ZERO));
        assertInstanceOf(Reused.class, present(state(7, 6, 0, true), 5, Duration.ZERO));
    }

    @Test
    void aTokenAheadOfTheRowIsTakenAtItsWord() {
        assertEquals(new Issued(Why.AHEAD, 43, 42, 0), present(state(7, 6, 2, false), 42, Duration.ofDays(1)));
    }

    @Test
    void aBoundTokenGetsTheSameSuccessorUntilThatIsUsed() {
        assertInstanceOf(Repeated.class, present(state(7, 6, 0, true), 6, Duration.ofDays(30)));
    }

    @Test
    void aStrictPolicyForgivesNothing() {
        RefreshPolicy strict = new RefreshPolicy(Duration.ofDays(1), Duration.ofDays(9), Duration.ZERO, 10);
        for (boolean bound : new boolean[] {true, false}) {
            assertInstanceOf(Reused.class, RefreshRotation.present(state(7, 6, 0, bound), 6, ISSUED, strict));
        }
    }

    @Test
    void aWindowShorterThanFiveSecondsIsTheWholeGrace() {
        RefreshPolicy brief = new RefreshPolicy(Duration.ofDays(1), Duration.ofDays(9), Duration.ofSeconds(2), 10);
        RefreshState state = state(7, 6, 0, false);
        assertInstanceOf(Repeated.class, RefreshRotation.present(state, 6, ISSUED.plusSeconds(1), brief));
        assertInstanceOf(Reused.class, RefreshRotation.present(state, 6, ISSUED.plusSeconds(2), brief));
    }

    @Test
    void whoWasHeldBackMayRetryAfterTheWindowButNotMoreOften() {
        RefreshState held = new RefreshState(7, 6, 2, ISSUED, false, true);
        assertEquals(new Issued(Why.RETRY, 8, 6, 3), present(held, 6, Duration.ofDays(30)));
        assertInstanceOf(Reused.class, present(held, 5, Duration.ofDays(30)));
        RefreshState often = new RefreshState(7, 6, POLICY.retryLimit(), ISSUED, false, true);
        assertInstanceOf(Reused.class, present(often, 6, Duration.ofDays(30)));
    }

    private static RefreshState state(int generation, int confirmed, int retries, boolean bound) {
        return new RefreshState(generation, confirmed, retries, ISSUED, bound, false);
    }

    private static Presentation present(RefreshState state, int presented, Duration later) {
        return RefreshRotation.present(state, presented, ISSUED.plus(later), POLICY);
    }
}
