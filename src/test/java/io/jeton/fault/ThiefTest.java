package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
        int stolen = 0;
        for (int seed = 0; seed < THEFTS; seed++) {
            stolen += theft(seed).isNoticedWithinOneRotation() ? 1 : 0;
        }
        // Nobody is in the thief's way: it would have to meet a service that answers 503.
        assertTrue(stolen >= THEFTS * 9 / 10, stolen + " thefts");
        Figures.note("thief", "one replica: %d thefts (seeds 0 to %d), all noticed", stolen, THEFTS - 1);
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
