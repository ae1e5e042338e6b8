package io.jeton.fault;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A thief who meets another replica than the device does gains nothing by it. */
class TwoReplicasThiefIT {
    private static final int THEFTS = Integer.getInteger("fault.thefts", 60) / 3;

    @Test
    void aTheftIsNoticedWithinOneRotationOfTheDevice() throws Exception {
        for (int seed = 0; seed < THEFTS; seed++) {
            theft(seed).isNoticedWithinOneRotation();
        }
        Figures.note("thief", "two replicas: %d thefts (seeds 0 to %d), all noticed", THEFTS, THEFTS - 1);
    }

    @Test
    void presentedBySeveralAtTheSameInstantOneChainLives() throws Exception {
        for (int seed = 0; seed < THEFTS; seed++) {
            theft(seed).leavesOneChainOfSeveral(2 + seed % 7);
        }
        Figures.note("thief", "two replicas: %d races of 2 to 8 presenters, never two live chains", THEFTS);
    }

    /** The next replica is the other one. */
    private static Theft theft(int seed) throws Exception {
        Replicas replicas = Replicas.shared();
        return new Theft(replicas::any, new Random(seed));
    }
}
