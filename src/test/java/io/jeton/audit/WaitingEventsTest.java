package io.jeton.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingEventsTest {
    private static final AuditEvent EVENT = AuditEvent.success(EventType.SIGN_OUT);

    @Test
    void theyLeaveInTheOrderTheyCameAndSayHowLongTheyWaited() {
        WaitingEvents waiting = new WaitingEvents(10);
        for (int i = 0; i < 3; i++) {
            assertTrue(waiting.add(EVENT.withSubject("" + i), i * 1000L));
        }
        assertEquals(
                List.of(
                        new Occurrence(EVENT.withSubject("0"), Duration.ofNanos(5000)),
                        new Occurrence(EVENT.withSubject("1"), Duration.ofNanos(4000))),
                waiting.first(2, 5000));
        assertEquals(2, waiting.first(2, 5000).size(), "they stay until they are removed");
        waiting.remove(2);
        assertEquals("2", waiting.first(2, 5000).get(0).event().subject());
        waiting.remove(1);
        assertTrue(waiting.isEmpty());
    }

    @Test
    void whatOverflowsIsCountedAndTheOldestStay() {
        WaitingEvents waiting = new WaitingEvents(2);
        assertTrue(waiting.add(EVENT.withSubject("0"), 0));
        assertTrue(waiting.add(EVENT.withSubject("1"), 0));
        assertFalse(waiting.add(EVENT.withOccurrences(40), 0));
        assertFalse(waiting.add(EVENT, 0));
        assertEquals(41, waiting.lost());
        assertEquals("0", waiting.first(5, 0).get(0).event().subject());
        waiting.remove(1);
        assertTrue(waiting.add(EVENT, 0), "there is room again");
    }
}
