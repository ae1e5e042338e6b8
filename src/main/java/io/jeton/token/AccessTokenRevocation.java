package io.jeton.token;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.EventType;
import io.jeton.client.LifetimeLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Takes back one access token, and no other: one that its client brings (RFC 7009 §2.1), or one of which no more than its
 * {@code jti} is known (RFC 7519 §4.1.7).
 */
@ApplicationScoped
public final class AccessTokenRevocation {
    private static final Pattern JTI = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final AccessTokenRepository repository;
    private final LifetimeLimits limits;
    private final AuditTrail trail;

    AccessTokenRevocation(AccessTokenRepository repository, LifetimeLimits limits, AuditTrail trail) {
        this.repository = repository;
        this.limits = limits;
        this.trail = trail;
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
     * Takes a token back that its client brings, and says so in the same transaction.
     *
     * @return false where that was done before
     */
    Uni<Boolean> revoke(AccessToken token, String from) {
        AuditEvent told = AuditEvent.success(EventType.ACCESS_TOKEN_REVOKED)
                .withActor(Actor.client(token.clientId()))
                .withClient(token.clientId())
                .withSubject(token.id())
                .withFrom(from);
        return revoke(
                tx -> repository.revoke(tx, token),
                token.device().map(told::withDevice).orElse(told));
    }

    /**
     * The same of whatever token has a {@code jti}, for as long as the longest-lived one could live: when it expires nobody
     * here knows.
     */
    public Uni<Boolean> revoke(String jti, Actor by, String from, String reason) {
        return revoke(
                tx -> repository.revoke(tx, jti, limits.longestAccessToken()),
                AuditEvent.success(EventType.ACCESS_TOKEN_REVOKED)
                        .withActor(by)
                        .withSubject(jti)
                        .withFrom(from)
                        .withReason(reason));
    }

    private Uni<Boolean> revoke(Function<SqlConnection, Uni<Boolean>> statement, AuditEvent told) {
        Uni<Boolean> revoked = repository.inTransaction(tx -> statement
                .apply(tx)
                .call(done -> done ? trail.write(tx, told) : Uni.createFrom().voidItem()));
        return revoked.invoke(done -> {
            if (done) {
                trail.log(told);
            }
        });
    }
}
