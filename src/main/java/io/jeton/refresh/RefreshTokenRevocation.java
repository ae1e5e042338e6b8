package io.jeton.refresh;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.client.Client;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A client gives its refresh token back, and the grant ends with it: RFC 7009 §2.1. */
@ApplicationScoped
public final class RefreshTokenRevocation {
    private final RefreshTokenSeal seal;
    private final GrantEndRepository ends;
    private final AuditTrail trail;
    private final Event<AuditEvent> audit;

    RefreshTokenRevocation(RefreshTokenSeal seal, GrantEndRepository ends, AuditTrail trail, Event<AuditEvent> audit) {
        this.seal = seal;
        this.ends = ends;
        this.trail = trail;
        this.audit = audit;
    }

    /** What came of giving a token back. */
    public enum Outcome {
        /** The grant has ended, now or before, or never was. */
        DONE,
        OF_ANOTHER_CLIENT,
        KEY_NOT_PROVEN
    }

    /** A genuine token is given back. */
    private record GivenBack(UUID id, String client, Optional<String> provenKey, String from) {}

    /** @param told what the trail says of it, where it is worth a word */
    private record Decided(Outcome outcome, Optional<AuditEvent> told) {}

    /**
     * Ends the grant of a token, whichever of its chain it is: whoever has one of them may.
     *
     * @param provenKey asked of a genuine token alone: the proof of a key is written down
     * @param from the address of who asks
     */
    public Uni<Outcome> revoke(String token, Client client, Supplier<Uni<Optional<String>>> provenKey, String from) {
        return seal.open(token)
                .map(content ->
                        provenKey.get().chain(key -> revoke(new GivenBack(content.id(), client.id(), key, from))))
                .orElseGet(() -> Uni.createFrom().item(Outcome.DONE));
    }

    private Uni<Outcome> revoke(GivenBack token) {
        return ends.inTransaction(tx -> ends.lock(tx, token.id).chain(row -> row.filter(there -> !there.revoked())
                        .map(live -> decide(tx, live, token))
                        .orElseGet(() -> decided(Outcome.DONE, Optional.empty()))))
                .invoke(this::tell)
                .map(Decided::outcome);
    }

    private Uni<Decided> decide(SqlConnection tx, RefreshTokenRow row, GivenBack token) {
        if (!row.client().equals(token.client)) {
            return decided(Outcome.OF_ANOTHER_CLIENT, Optional.empty());
        }
        if (!row.accepts(token.provenKey)) {
            return decided(Outcome.KEY_NOT_PROVEN, Optional.of(RefreshEvents.withoutKey(row, token.from)));
        }
        AuditEvent told = RefreshEvents.givenBack(row, token.from);
        return ends.revoke(tx, row.id(), "given back")
                .chain(() -> trail.write(tx, told))
                .chain(() -> decided(Outcome.DONE, Optional.of(told)));
    }

    /** After the commit: what was rolled back did not happen. */
    private void tell(Decided decided) {
        decided.told.ifPresent(decided.outcome == Outcome.DONE ? trail::log : audit::fire);
    }

    private static Uni<Decided> decided(Outcome outcome, Optional<AuditEvent> told) {
        return Uni.createFrom().item(new Decided(outcome, told));
    }
}
