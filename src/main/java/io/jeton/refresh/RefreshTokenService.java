package io.jeton.refresh;

import io.jeton.audit.AuditEvent;
import io.jeton.client.Client;
import io.jeton.crypto.MacKeys;
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
import java.util.function.Supplier;

/** Opens, rotates and revokes refresh tokens. */
@ApplicationScoped
final class RefreshTokenService implements RefreshTokens {
    private static final TokenSeal SEAL = TokenSeal.ofGeneration("jrt_");

    private final RefreshTokenRepository repository;
    private final Supplier<MacKeys> macKeys;
    private final Event<AuditEvent> audit;

    RefreshTokenService(RefreshTokenRepository repository, Supplier<MacKeys> macKeys, Event<AuditEvent> audit) {
        this.repository = repository;
        this.macKeys = macKeys;
        this.audit = audit;
    }

    /** What a refresh came to. */
    sealed interface Outcome {
        record Refreshed(RefreshTokenRow row, IssuedRefreshToken token) implements Outcome {}

        /** The same, of a token that the row knew nothing of: a backup was restored. */
        record Ahead(Refreshed refreshed) implements Outcome {}

        record Reused(UUID device) implements Outcome {}

        record ScopeExceeded() implements Outcome {}

        /** The device may not act now, and shall keep its token. */
        record Suspended() implements Outcome {}

        record Dead(String why) implements Outcome {}
    }

    /** Presents a token: one statement where it is the newest, a second look under the row's lock where it is not. */
    Uni<Outcome> refresh(String token, TokenRequest request, Optional<String> scope) {
        Client client = request.client();
        Optional<TokenSeal.Content> content = SEAL.open(macKeys.get(), token);
        if (content.isEmpty()) {
            return Uni.createFrom().item(new Outcome.Dead("the refresh token is not one of ours, or it expired"));
        }
        var presented = new RefreshTokenRepository.Presented(
                content.get().id(),
                content.get().generation(),
                client.id(),
                request.provenKey(),
                scope,
                request.from());
        return repository
                .rotate(presented, client.refresh())
                .chain(rotated -> rotated.isPresent()
                        ? Uni.createFrom().item(refreshed(rotated.get()))
                        : lookAgain(presented, client));
    }

    private Uni<Outcome> lookAgain(RefreshTokenRepository.Presented presented, Client client) {
        return repository
                .inTransaction(tx -> repository
                        .lock(tx, presented.id(), client.id())
                        .chain(row -> row.isEmpty()
                                ? dead(
                                        "the refresh token was issued to another client, or its device or person is gone")
                                : decide(tx, row.get(), presented, client)))
                .invoke(outcome -> tell(outcome, client));
    }

    /** After the commit: what was rolled back did not happen. */
    private void tell(Outcome outcome, Client client) {
        if (outcome instanceof Outcome.Reused reused) {
            audit.fire(new AuditEvent(
                    "refresh_token.reuse", client.id(), reused.device().toString()));
        } else if (outcome instanceof Outcome.Ahead ahead) {
            audit.fire(new AuditEvent(
                    "refresh_token.ahead",
                    client.id(),
                    ahead.refreshed().row().device().toString()));
        }
    }

    private Uni<Outcome> decide(
            SqlConnection tx, RefreshTokenRow row, RefreshTokenRepository.Presented presented, Client client) {
        if (row.revoked()) {
            return dead("the refresh token is revoked");
        }
        if (row.isExpired()) {
            return dead("the refresh token is expired");
        }
        if (!row.accepts(presented.provenKey())) {
            return dead("the refresh token is bound to another key");
        }
        if (row.suspended()) {
            return Uni.createFrom().item(new Outcome.Suspended());
        }
        Presentation presentation = RefreshRotation.present(
                row.state(client.provesAKey()), presented.generation(), row.now(), client.refresh());
        if (presentation instanceof Presentation.Reused) {
            return repository.revoke(tx, row.id(), "reuse").replaceWith(new Outcome.Reused(row.device()));
        }
        if (presented.scope().filter(scope -> !row.covers(scope)).isPresent()) {
            return Uni.createFrom().item(new Outcome.ScopeExceeded());
        }
        if (!(presentation instanceof Presentation.Issued issued)) {
            return Uni.createFrom().item(refreshed(row));
        }
        return repository
                .issue(tx, presented, issued, client.refresh())
                .map(this::refreshed)
                .map(refreshed -> issued.why() == Presentation.Why.AHEAD ? new Outcome.Ahead(refreshed) : refreshed);
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
    public Uni<Void> revoke(SqlConnection tx, UUID id, String reason) {
        return repository.revoke(tx, id, reason);
    }

    @Override
    public Uni<Set<UUID>> revokeOf(SqlConnection tx, List<UUID> devices, String reason) {
        return repository.revokeOf(tx, devices, reason);
    }

    private static Uni<Outcome> dead(String why) {
        return Uni.createFrom().item(new Outcome.Dead(why));
    }

    private Outcome.Refreshed refreshed(RefreshTokenRow row) {
        return new Outcome.Refreshed(row, issued(row));
    }

    private IssuedRefreshToken issued(RefreshTokenRow row) {
        String token = SEAL.seal(macKeys.get().active(), row.id(), row.generation());
        return new IssuedRefreshToken(token, Duration.between(row.now(), row.expiresAt()), row.statusIndex());
    }
}
