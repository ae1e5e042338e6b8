package io.jeton.ops;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one clock that tokens are dated by. Rows are dated by the database's. */
public final class SystemClock {
    @Produces
    @Singleton
    public Clock clock() {
        return Clock.systemUTC();
    }
}
