package io.jeton.refresh;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what presented refresh tokens come to. */
@ApplicationScoped
final class RefreshMetrics {
    enum Kind {
        /** The newest token: the ordinary case. */
        ROTATED,
        /** An answer was lost, and the device asked again. */
        RETRIED,
        /** Newer than its row: a backup was restored. */
        AHEAD,
        /** Used before: somebody has a copy. */
        REUSED,
        SUSPENDED,
        SCOPE_EXCEEDED,
        /** Sealed by us, and its grant has ended, or is another client's. */
        DEAD,
        /** Not sealed by us, or with a secret that is gone. */
        UNSEALED
    }

    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);

    RefreshMetrics(MeterRegistry meters) {
        for (Kind kind : Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("jeton.refreshes")
                            .description("refresh tokens presented, by what they came to")
                            .tag("outcome", kind.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Kind kind) {
        Objects.requireNonNull(counters.get(kind)).increment();
    }

    /** Of a token that was not the newest. */
    void count(RefreshOutcome outcome) {
        count(kind(outcome));
    }

    private static Kind kind(RefreshOutcome outcome) {
        if (outcome instanceof RefreshOutcome.Refreshed) {
            return Kind.RETRIED;
        } else if (outcome instanceof RefreshOutcome.Ahead) {
            return Kind.AHEAD;
        } else if (outcome instanceof RefreshOutcome.Reused) {
            return Kind.REUSED;
        } else if (outcome instanceof RefreshOutcome.Suspended) {
            return Kind.SUSPENDED;
        } else if (outcome instanceof RefreshOutcome.ScopeExceeded) {
            return Kind.SCOPE_EXCEEDED;
        }
        return Kind.DEAD;
    }
}
