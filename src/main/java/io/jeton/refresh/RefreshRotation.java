package io.jeton.refresh;

import io.jeton.client.Client.RefreshPolicy;
import io.jeton.refresh.Presentation.Why;
import java.time.Duration;
import java.time.Instant;

/**
 * Rotation that survives a lost response: a successor counts as delivered only when it is used (RFC 9700 §4.14.2). Pure:
 * the row's state, the presented generation and the time decide.
 */
final class RefreshRotation {
    /** Proxies retransmit and processes race: so soon, everybody gets the same successor. */
    static final Duration SAME_SUCCESSOR = Duration.ofSeconds(5);

    private RefreshRotation() {}

    /** @param presented the generation of a token whose seal is verified */
    static Presentation present(RefreshState state, int presented, Instant now, RefreshPolicy policy) {
        if (presented == state.generation()) {
            return new Presentation.Issued(Why.NEWEST, Math.incrementExact(presented), presented, 0);
        }
        if (presented > state.generation()) {
            return new Presentation.Issued(Why.AHEAD, Math.incrementExact(presented), presented, 0);
        }
        if (presented == state.confirmed()) {
            return retry(state, now, policy);
        }
        return new Presentation.Reused();
    }

    private static Presentation retry(RefreshState state, Instant now, RefreshPolicy policy) {
        if (policy.retryWindow().isZero()) {
            return new Presentation.Reused();
        }
        // A thief without the key gains nothing from the successor, so evidence alone closes this window.
        if (state.senderConstrained()) {
            return new Presentation.Repeated();
        }
        Duration sinceIssue = Duration.between(state.issuedAt(), now);
        if (sinceIssue.compareTo(policy.retryWindow()) >= 0 && !state.heldBack()) {
            return new Presentation.Reused();
        }
        if (sinceIssue.compareTo(SAME_SUCCESSOR) < 0) {
            return new Presentation.Repeated();
        }
        return state.retries() < policy.retryLimit()
                ? new Presentation.Issued(
                        Why.RETRY, Math.incrementExact(state.generation()), state.confirmed(), state.retries() + 1)
                : new Presentation.Reused();
    }
}
