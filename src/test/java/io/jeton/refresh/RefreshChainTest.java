package io.jeton.refresh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.client.Client.RefreshPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any interleaving of refreshes, lost responses, retries and thieves over one row; the failing seed is in the message. */
class RefreshChainTest {
    private static final int RUNS = 2_000;
    private static final int STEPS = 60;
    /** Longer than everybody gets the same successor, short enough for the window. */
    private static final Duration TURN = Duration.ofSeconds(6);

    private static final RefreshPolicy POLICY =
            new RefreshPolicy(Duration.ofDays(1), Duration.ofDays(9), Duration.ofMinutes(10), 10);

    @Test
    void noLostResponseInsideTheWindowLocksADeviceOut() {
        for (int seed = 0; seed < RUNS; seed++) {
            Row row = new Row(seed % 2 == 0);
            Random random = new Random(seed);
            int held = 1;
            int lostInARow = 0;
            for (int step = 0; step < STEPS; step++) {
                boolean retrying = lostInARow > 0;
                row.pass(Duration.ofMillis(random.nextInt(retrying ? 599_000 : 80_000_000)));
                int answer = row.present(held);
                assertFalse(row.revoked, "seed " + seed + " step " + step);
                boolean lost = random.nextInt(3) == 0 && lostInARow < POLICY.retryLimit();
                lostInARow = lost ? lostInARow + 1 : 0;
                held = lost ? held : answer;
            }
        }
    }

    @Test
    void aThiefIsNoticedWithinOneRotationOfTheDevice() {
        for (int seed = 0; seed < RUNS; seed++) {
            Row row = new Row(false);
            Random random = new Random(seed);
            int device = 1;
            for (int step = random.nextInt(10); step > 0; step--) {
                row.pass(Duration.ofMillis(random.nextInt(1_000_000)));
                device = row.present(device);
            }
            int stolen = device;
            if (random.nextBoolean()) {
                row.pass(Duration.ofMillis(random.nextInt(20_000)));
                device = row.present(device);
            }
            // The thief plays at least once, as often as he likes, whenever he likes, with the newest he has.
            for (int step = 1 + random.nextInt(5); step > 0 && !row.revoked; step--) {
                row.pass(Duration.ofMillis(5_000 + random.nextInt(500_000)));
                stolen = row.present(stolen);
            }
            row.pass(Duration.ofMillis(5_000 + random.nextInt(500_000)));
            device = row.present(device);
            row.pass(Duration.ofMillis(5_000 + random.nextInt(500_000)));
            int unused = row.revoked ? 0 : row.present(stolen);
            if (!row.revoked) {
                unused = row.present(device);
            }
            assertTrue(row.revoked, "seed " + seed + ": both still refresh");
        }
    }

    @Test
    void howeverTheyInterleaveOneHolderAloneHasALiveToken() {
        for (int seed = 0; seed < RUNS; seed++) {
            Row row = new Row(false);
            Random random = new Random(seed);
            List<Integer> issued = new ArrayList<>(List.of(1));
            for (int step = 0; step < STEPS && !row.revoked; step++) {
                row.pass(Duration.ofMillis(5_000 + random.nextInt(300_000)));
                int before = row.state.generation();
                int presented = issued.get(issued.size() - 1 - random.nextInt(Math.min(2, issued.size())));
                int answer = row.present(presented);
                if (!row.revoked) {
                    assertTrue(answer > before, "seed " + seed + ": each issue leaves one newest token");
                    issued.add(answer);
                }
            }
            for (int old : issued) {
                if (!row.revoked && old != row.state.generation() && old != row.state.confirmed()) {
                    Row copy = row.copy();
                    int unused = copy.present(old);
                    assertTrue(copy.revoked, "seed " + seed + ": token " + old + " lives beside the newest");
                }
            }
        }
    }

    @Test
    void whoeverTakesTurnsWithAThiefDoesSoOnce() {
        for (boolean rotatedSinceTheTheft : new boolean[] {false, true}) {
            Row row = new Row(false);
            int device = row.present(1);
            int stolen = device;
            if (rotatedSinceTheTheft) {
                row.pass(TURN);
                device = row.present(device);
            }
            turns(row, device, List.of(stolen), new Turns(0, false), 8);
        }
    }

    /** @param unnoticed rotations of the device between which the thief got a token */
    private record Turns(int unnoticed, boolean thiefSinceTheDevice) {}

    /** Every order of presentations, the thief with any token he ever saw, the device with its newest. */
    private static void turns(Row before, int device, List<Integer> stolen, Turns turns, int left) {
        assertTrue(turns.unnoticed <= 1, "both still refresh");
        if (left == 0) {
            return;
        }
        Row row = before.copy();
        row.pass(TURN);
        int answer = row.present(device);
        if (!row.revoked) {
            int unnoticed = turns.unnoticed + (turns.thiefSinceTheDevice ? 1 : 0);
            turns(row, answer, stolen, new Turns(unnoticed, false), left - 1);
        }
        for (int token : stolen) {
            Row robbed = before.copy();
            robbed.pass(TURN);
            int loot = robbed.present(token);
            if (!robbed.revoked) {
                List<Integer> more = new ArrayList<>(stolen);
                more.add(loot);
                turns(robbed, device, more, new Turns(turns.unnoticed, true), left - 1);
            }
        }
    }

    @Test
    void aBoundTokenHasOneSuccessorUntilThatIsUsedWhenAndHoweverOftenItComes() {
        for (int seed = 0; seed < RUNS; seed++) {
            Row row = new Row(true);
            Random random = new Random(seed);
            int held = 1;
            for (int step = 0; step < STEPS; step++) {
                int successor = row.present(held);
                for (int retry = random.nextInt(20); retry > 0; retry--) {
                    row.pass(Duration.ofMinutes(random.nextInt(100_000)));
                    assertEquals(successor, row.present(held), "seed " + seed);
                }
                assertFalse(row.revoked, "seed " + seed);
                int former = held;
                held = row.present(successor);
                Row copy = row.copy();
                int unused = copy.present(former);
                assertTrue(copy.revoked, "seed " + seed + ": token " + former + " comes after its successor");
            }
        }
    }

    /** The row and its clock, as the repository keeps them. */
    private static final class Row {
        private RefreshState state;
        private Instant now = Instant.EPOCH;
        private boolean revoked;

        private Row(boolean bound) {
            this.state = new RefreshState(1, 0, 0, now, bound, false);
        }

        private Row copy() {
            Row copy = new Row(state.senderConstrained());
            copy.state = state;
            copy.now = now;
            return copy;
        }

        private void pass(Duration time) {
            now = now.plus(time);
        }

        private int present(int generation) {
            Presentation outcome = RefreshRotation.present(state, generation, now, POLICY);
            if (outcome instanceof Presentation.Issued issued) {
                state = new RefreshState(
                        issued.generation(),
                        issued.confirmed(),
                        issued.retries(),
                        now,
                        state.senderConstrained(),
                        false);
            } else if (outcome instanceof Presentation.Reused) {
                revoked = true;
            }
            return state.generation();
        }
    }
}
