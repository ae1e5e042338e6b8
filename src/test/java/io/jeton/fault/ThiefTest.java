package io.jeton.fault;

import io.jeton.test.ServiceTest;
import io.restassured.RestAssured;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
class ThiefTest {
    private static final int THEFTS = Integer.getInteger("fault.thefts", 60);

    @Test
    void aTheftIsNoticedWithinOneRotationOfTheDevice() throws Exception {
        for (int seed = 0; seed < THEFTS; seed++) {
            theft(seed).isNoticedWithinOneRotation();
        }
        Figures.note("thief", "one replica: %d thefts (seeds 0 to %d), all noticed", THEFTS, THEFTS - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void presentedBySeveralAtTheSameInstantOneChainLives(int presenters) throws Exception {
        theft(presenters).leavesOneChainOfSeveral(presenters);
    }

    private static Theft theft(int seed) {
        return new Theft(() -> RestAssured.port, new Random(seed));
    }
}
