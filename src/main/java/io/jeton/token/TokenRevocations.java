package io.jeton.token;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.client.LifetimeLimits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes back one access token of which no more than its {@code jti} is known (RFC 7519 §4.1.7). */
@ApplicationScoped
public final class TokenRevocations {
    private static final Pattern JTI = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final AccessTokenRepository repository;
    private final LifetimeLimits limits;
    private final Event<AuditEvent> audit;

    TokenRevocations(AccessTokenRepository repository, LifetimeLimits limits, Event<AuditEvent> audit) {
        this.repository = repository;
        this.limits = limits;
        this.audit = audit;
    }

    /** Whether a text can be the {@code jti} of a token of ours. */
    public static boolean isJti(String text) {
        return JTI.matcher(text).matches();
    }

    /** Until when a token is remembered that was taken back; empty where it was not, or is forgotten. */
    public Uni<Optional<Instant>> find(String jti) {
        return repository.revokedUntil(jti);
    }

    /**
     * Takes a token back, for as long as the longest-lived one could live: when it expires nobody here knows.
     *
     * @return false where that was done before
     */
    public Uni<Boolean> revoke(String jti, Actor by, String from, String reason) {
        return repository.revoke(jti, limits.longestAccessToken()).invoke(revoked -> {
            if (revoked) {
                audit.fire(AuditEvent.success(EventType.ACCESS_TOKEN_REVOKED)
                        .withActor(by)
                        .withSubject(jti)
                        .withFrom(from)
                        .withReason(reason));
            }
        });
    }
}
