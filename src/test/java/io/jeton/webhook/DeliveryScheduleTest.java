package io.jeton.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.webhook.DeliverySchedule.Next;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryScheduleTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void anySuccessDelivers(int status) {
        assertInstanceOf(Next.Delivered.class, DeliverySchedule.decide(delivery(1, 0, Duration.ZERO), status, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 301, 302, 307, 401, 403, 404, 410, 429, 500, 503})
    void everythingElseIsTriedAgainForADay(int status) {
        Delivery late = delivery(30, 0, Duration.ofHours(24).minusSeconds(1));
        assertInstanceOf(Next.Again.class, DeliverySchedule.decide(late, status, 0));
        assertInstanceOf(Next.GivenUp.class, DeliverySchedule.decide(delivery(31, 0, Duration.ofHours(24)), status, 0));
    }

    @Test
    void aReceiverThatCallsTheTokenWrongIsAskedFiveTimes() {
        for (int refusals = 0; refusals < 4; refusals++) {
            Next next = DeliverySchedule.decide(delivery(refusals + 1, refusals, Duration.ZERO), 400, 0);
            assertTrue(assertInstanceOf(Next.Again.class, next).refused());
        }
        assertInstanceOf(Next.GivenUp.class, DeliverySchedule.decide(delivery(5, 4, Duration.ZERO), 400, 0));
    }

    @Test
    void pausesDoubleUpToAnHourAndAreNeverTheSameForEverybody() {
        assertEquals(Duration.ofSeconds(1), DeliverySchedule.pause(1, 0));
        assertEquals(Duration.ofSeconds(2), DeliverySchedule.pause(1, 1));
        assertEquals(Duration.ofSeconds(2), DeliverySchedule.pause(2, 0));
        assertEquals(Duration.ofSeconds(4), DeliverySchedule.pause(2, 1));
        assertEquals(Duration.ofMinutes(30), DeliverySchedule.pause(50, 0));
        assertEquals(Duration.ofHours(1), DeliverySchedule.pause(Integer.MAX_VALUE, 1));
    }

    private static Delivery delivery(int attempts, int refusals, Duration age) {
        return new Delivery(new UUID(0, 0), "device.revoked", "{}", attempts, refusals, age);
    }
}
