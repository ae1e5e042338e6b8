package io.jeton.ops;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class JobPauseTest {
    @Inject
    JobPause pause;

    @Inject
    Scheduler scheduler;

    @AfterEach
    void goOn() {
        scheduler.resume();
    }

    @Test
    void noJobBeginsOnceAStopIsNear() {
        assertTrue(scheduler.isRunning());

        pause.stopIsNear(new ShutdownDelayInitiatedEvent());

        assertFalse(scheduler.isRunning());
    }
}
