package io.jeton.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private final Repetitions repetitions = new Repetitions();

    @Test
    void whatNobodyCanCauseAtWillIsToldEachTime() {
        AuditEvent event = AuditEvent.success(EventType.TOKEN_ISSUED);
        for (int i = 0; i < 3; i++) {
            assertEquals(event, repetitions.admit(event, i).orElseThrow());
        }
        assertTrue(repetitions.drain(2 * MINUTE).isEmpty());
    }

    @Test
    void theFirstIsToldAtOnceAndTheOthersAtTheMinutesEndAsANumber() {
        assertTrue(repetitions.admit(failed("192.0.2.1"), 0).isPresent());
        for (int i = 1; i <= 500; i++) {
            assertTrue(repetitions.admit(failed("192.0.2.1"), i).isEmpty());
        }
        assertTrue(repetitions.admit(failed("192.0.2.2"), 600).isPresent());
        assertTrue(repetitions.drain(MINUTE - 1).isEmpty());
        assertEquals(List.of(failed("192.0.2.1").withOccurrences(500)), repetitions.drain(MINUTE));
        assertTrue(repetitions.admit(failed("192.0.2.1"), MINUTE + 1).isPresent(), "a new minute");
    }

    @Test
    void aFloodFromEverywhereCostsABoundedNumberOfEventsAndEachOccurrenceIsCounted() {
        List<AuditEvent> told = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            repetitions.admit(failed("address " + i), i).ifPresent(told::add);
        }
        told.addAll(repetitions.drain(MINUTE));
        assertTrue(told.size() <= 2 * (Repetitions.MOST + 1), told.size() + " events");
        assertEquals(100_000, told.stream().mapToInt(AuditEvent::occurrences).sum());
        assertTrue(Stream.of(told.get(told.size() - 1)).allMatch(e -> Repetitions.OTHERS.equals(e.reason())));
    }

    private static AuditEvent failed(String from) {
        return AuditEvent.refused(EventType.SIGN_IN_FAILED).withFrom(from);
    }
}
