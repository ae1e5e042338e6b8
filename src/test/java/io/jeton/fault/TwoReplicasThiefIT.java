package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A thief who meets another replica than the device does gains nothing by it. */
class TwoReplicasThiefIT {
    private static final int THEFTS = Integer.getInteger("fault.thefts", 60) / 3;

    @Test
    void aTheftIsNoticedWithinOneRotationOfTheDevice() throws Exception {
        int stolen = 0;
        for (int seed = 0; seed < THEFTS; seed++) {
            stolen += theft(seed).isNoticedWithinOneRotation() ? 1 : 0;
        }
        // Nobody is in the thief's way: it would have to meet a service that answers 503.
        assertTrue(stolen >= THEFTS * 9 / 10, stolen + " thefts");
        Figures.note("thief", "two replicas: %d thefts (seeds 0 to %d), all noticed", stolen, THEFTS - 1);
    }

    @Test
    void presentedBySeveralAtTheSameInstantOneChainLives() throws Exception {
        for (int seed = 0; seed < THEFTS; seed++) {
            theft(seed).leavesOneChainOfSeveral(2 + seed % 7);
        }
        Figures.note(
                "thief", "two replicas: %d races of 2 to 8 presenters, one chain each, ended by an older copy", THEFTS);
    }

    /** The next replica is the other one. */
    private static Theft theft(int seed) throws Exception {
        Replicas replicas = Replicas.shared();
        return new Theft(replicas::any, new Random(seed));
    }
}
