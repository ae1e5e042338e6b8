package io.jeton.refresh;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.client.Client;
import io.jeton.crypto.TokenSeal;
import io.jeton.grant.Authorization;
import io.jeton.grant.IssuedRefreshToken;
import io.jeton.grant.RefreshTokens;
import io.jeton.grant.TokenRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Opens and rotates refresh tokens; one that is used again ends its grant (RFC 9700 §4.14.2). */
@ApplicationScoped
public final class RefreshTokenService implements RefreshTokens {
    static final String NOT_OURS = "the refresh token is not one of ours, or it expired";

    private final RefreshTokenSeal seal;
    private final RefreshTokenRepository repository;
    private final GrantEndRepository ends;
    private final Event<AuditEvent> audit;
    private final AuditTrail trail;
    private final RefreshMetrics metrics;

    RefreshTokenService(
            RefreshTokenSeal seal,
            RefreshTokenRepository repository,
            GrantEndRepository ends,
            Event<AuditEvent> audit,
            AuditTrail trail,
            RefreshMetrics metrics) {
        this.seal = seal;
        this.repository = repository;
        this.ends = ends;
        this.audit = audit;
        this.trail = trail;
        this.metrics = metrics;
    }

    /** A client's own token, where it would be served; nothing is changed by looking. */
    public Uni<Optional<LiveRefreshToken>> find(String token, Client client) {
        Optional<TokenSeal.Content> content = seal.open(token);
        return content.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : repository
                        .find(content.get().id(), client.id())
                        .map(found -> found.flatMap(
                                row -> LiveRefreshToken.of(row, content.get().generation(), client)));
    }

    /** Whether we sealed a token that is presented to be refreshed: told in memory. A forged one is counted. */
    boolean isRefreshable(String token) {
        boolean genuine = seal.open(token).isPresent();
        if (!genuine) {
            metrics.count(RefreshMetrics.Kind.UNSEALED);
        }
        return genuine;
    }

    /** Presents a token: one statement where it is the newest, a second look under the row's lock where it is not. */
    Uni<RefreshOutcome> refresh(String token, TokenRequest request, Optional<String> scope) {
        Client client = request.client();
        Optional<TokenSeal.Content> content = seal.open(token);
        if (content.isEmpty()) {
            metrics.count(RefreshMetrics.Kind.UNSEALED);
            return dead(NOT_OURS);
        }
        var presented = new RefreshTokenRepository.Presented(
                content.get().id(), content.get().generation(), client, request.provenKey(), scope, request.from());
        return repository
                .rotate(presented, client.refresh())
                .chain(rotated -> rotated.isPresent()
                        ? Uni.createFrom().item(rotated(rotated.get()))
                        : lookAgain(presented, client).invoke(metrics::count));
    }

    private RefreshOutcome rotated(RefreshTokenRow row) {
        metrics.count(RefreshMetrics.Kind.ROTATED);
        return refreshed(row);
    }

    private Uni<RefreshOutcome> lookAgain(RefreshTokenRepository.Presented presented, Client client) {
        return repository
                .inTransaction(tx -> repository
                        .lock(tx, presented.id(), client.id())
                        .chain(row -> row.isEmpty()
                                ? dead(
                                        "the refresh token was issued to another client, or its device or person is gone")
                                : decide(tx, row.get(), presented, client)))
                .invoke(outcome -> tell(outcome, presented));
    }

    /** After the commit: what was rolled back did not happen. */
    private void tell(RefreshOutcome outcome, RefreshTokenRepository.Presented presented) {
        if (outcome instanceof RefreshOutcome.Reused reused) {
            trail.log(reused.told());
        } else if (outcome instanceof RefreshOutcome.Ahead ahead) {
            audit.fire(RefreshEvents.ahead(ahead.refreshed().row(), presented));
        } else if (outcome instanceof RefreshOutcome.Dead dead) {
            dead.told().ifPresent(audit::fire);
        }
    }

    /** Revokes and says so in one transaction: a receiver learns of it whatever happens to us. */
    private Uni<RefreshOutcome> reused(
            SqlConnection tx, RefreshTokenRow row, RefreshTokenRepository.Presented presented) {
        AuditEvent told = RefreshEvents.reuse(row, presented);
        return ends.revoke(tx, row.id(), "reuse")
                .chain(() -> trail.write(tx, told))
                .replaceWith(new RefreshOutcome.Reused(told));
    }

    /** Whether the grant still counts, for whoever presents it. */
    private Uni<RefreshOutcome> decide(
            SqlConnection tx, RefreshTokenRow row, RefreshTokenRepository.Presented presented, Client client) {
        if (row.revoked()) {
            return dead("the refresh token is revoked");
        }
        if (row.isExpired()) {
            return dead("the refresh token is expired");
        }
        if (!row.accepts(presented.provenKey()) && row.isFromBeforeTheKey(presented.generation())) {
            return reused(tx, row, presented);
        }
        if (!row.accepts(presented.provenKey())) {
            return Uni.createFrom()
                    .item(new RefreshOutcome.Dead(
                            "the refresh token is bound to another key",
                            Optional.of(RefreshEvents.withoutKey(row, presented.from()))));
        }
        if (row.suspended()) {
            return Uni.createFrom().item(new RefreshOutcome.Suspended());
        }
        return present(tx, row, presented, client);
    }

    /** All is well with the grant: what the token is in its chain decides. */
    private Uni<RefreshOutcome> present(
            SqlConnection tx, RefreshTokenRow row, RefreshTokenRepository.Presented presented, Client client) {
        Presentation presentation = RefreshRotation.present(
                row.state(client.provesAKey()), presented.generation(), row.now(), client.refresh());
        if (presentation instanceof Presentation.Reused) {
            return reused(tx, row, presented);
        }
        if (presented.scope().filter(scope -> !row.covers(scope)).isPresent()) {
            return scopeExceeded("the scope exceeds what the person granted");
        }
        if (presented.scope().isEmpty() && row.isLost(client.scopes())) {
            return scopeExceeded("the client is no longer registered for any scope that was granted");
        }
        if (!(presentation instanceof Presentation.Issued issued)) {
            return Uni.createFrom().item(refreshed(row));
        }
        return repository
                .issue(tx, presented, issued, client.refresh())
                .map(this::refreshed)
                .map(refreshed ->
                        issued.why() == Presentation.Why.AHEAD ? new RefreshOutcome.Ahead(refreshed) : refreshed);
    }

    @Override
    public Uni<IssuedRefreshToken> open(SqlConnection tx, UUID id, Authorization authorization, TokenRequest request) {
        return repository.insert(tx, id, authorization, request).map(this::issued);
    }

    @Override
    public Uni<Optional<IssuedRefreshToken>> repeat(SqlConnection tx, UUID id) {
        return repository.lockUnused(tx, id).map(row -> row.map(this::issued));
    }

    @Override
    public Uni<Boolean> revoke(SqlConnection tx, UUID id, String reason) {
        return ends.revoke(tx, id, reason);
    }

    @Override
    public Uni<Set<UUID>> revokeOf(SqlConnection tx, List<UUID> devices, String reason) {
        return ends.revokeOf(tx, devices, reason);
    }

    private static Uni<RefreshOutcome> dead(String why) {
        return Uni.createFrom().item(new RefreshOutcome.Dead(why, Optional.empty()));
    }

    private static Uni<RefreshOutcome> scopeExceeded(String why) {
        return Uni.createFrom().item(new RefreshOutcome.ScopeExceeded(why));
    }

    private RefreshOutcome.Refreshed refreshed(RefreshTokenRow row) {
        return new RefreshOutcome.Refreshed(row, issued(row));
    }

    private IssuedRefreshToken issued(RefreshTokenRow row) {
        return new IssuedRefreshToken(seal.seal(row), Duration.between(row.now(), row.expiresAt()), row.statusIndex());
    }
}
