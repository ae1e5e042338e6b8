package io.jeton.keys;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.Author;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Brings the keys to where the schedule wants them. Any number of replicas may run it at any time: the decision is
 * taken again under a lock, by the database's clock, and where nothing is due nothing is locked.
 */
@ApplicationScoped
public final class KeyRotation {
    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    private final KeyRepository repository;
    private final KeyPolicy policy;
    private final KeyPreparation preparation;
    private final AuditTrail trail;

    KeyRotation(KeyRepository repository, KeyPolicy policy, KeyPreparation preparation, AuditTrail trail) {
        this.repository = repository;
        this.policy = policy;
        this.preparation = preparation;
        this.trail = trail;
    }

    /** Does what is due. */
    public Uni<Void> run() {
        return repository
                .read()
                .chain(snapshot -> steps(snapshot).isEmpty()
                        ? Uni.createFrom().voidItem()
                        : carryOut(this::steps, snapshot, Author.SYSTEM).replaceWithVoid());
    }

    /**
     * Lets the next key of an algorithm take over now.
     *
     * @param by who wants it, for the trail
     * @return false where the next key is not known to verifiers for long enough, perhaps because somebody else has just
     *     let the one before it take over: nothing was changed
     */
    public Uni<Boolean> hurry(KeyAlgorithm algorithm, Author by) {
        KeySchedule schedule = policy.scheduleOf(algorithm);
        return repository.read().chain(snapshot -> {
            Decision decision = now -> schedule.hurry(algorithm, now.of(algorithm), now.now());
            return decision.decide(snapshot).isEmpty()
                    ? Uni.createFrom().item(false)
                    : carryOut(decision, snapshot, by).map(done -> !done.isEmpty());
        });
    }

    /**
     * Takes a key out at once, whatever its state: what it signed or sealed counts no more, and its successor takes over.
     *
     * @return false where there is no such key, perhaps because somebody else has just taken it out
     */
    public Uni<Boolean> remove(String kid, Author by) {
        Decision decision = now -> now.has(kid)
                ? Stream.concat(Stream.of(new KeyStep.Remove(kid)), steps(now.without(kid)).stream())
                        .toList()
                : List.of();
        return repository
                .read()
                .chain(snapshot -> snapshot.has(kid)
                        ? carryOut(decision, snapshot, by).map(done -> done.contains(new KeyStep.Remove(kid)))
                        : Uni.createFrom().item(false));
    }

    /** What to do, from what there is: taken once to make the keys, and again under the lock. */
    private interface Decision {
        List<KeyStep> decide(KeyRepository.Snapshot snapshot);
    }

    /** What was done: the decision under the lock may be another one. */
    private Uni<List<KeyStep>> carryOut(Decision decision, KeyRepository.Snapshot expected, Author by) {
        List<KeyStep> done = new ArrayList<>();
        List<AuditEvent> events = new ArrayList<>();
        return preparation.prepare(decision.decide(expected), expected).chain(prepared -> repository
                .rotate(snapshot -> {
                    done.addAll(prepared.possible(decision.decide(snapshot)));
                    KeyEvents.of(done, snapshot, prepared.fresh()).forEach(event -> events.add(by.sign(event)));
                    return tx -> change(tx, done, prepared.fresh()).chain(() -> tell(tx, events));
                })
                .invoke(() -> events.forEach(trail::log))
                .chain(() -> preparation.cleanUp(prepared, done, expected))
                .replaceWith(() -> List.copyOf(done)));
    }

    /** With the change itself: whoever is to fetch the key set anew is told, whatever crashes. */
    private Uni<Void> tell(SqlConnection tx, List<AuditEvent> events) {
        return events.isEmpty() ? Uni.createFrom().voidItem() : trail.write(tx, events);
    }

    private Uni<Void> change(SqlConnection tx, List<KeyStep> steps, Map<KeyStep.Publish, NewKey> fresh) {
        Uni<Void> changes = Uni.createFrom().voidItem();
        for (KeyStep step : steps) {
            changes = changes.chain(() -> apply(tx, step, fresh));
        }
        return changes;
    }

    private Uni<Void> apply(SqlConnection tx, KeyStep step, Map<KeyStep.Publish, NewKey> fresh) {
        LOG.infof("keys: %s", step);
        if (step instanceof KeyStep.Publish publish) {
            return repository.insert(tx, Objects.requireNonNull(fresh.get(publish)), publish.as());
        } else if (step instanceof KeyStep.Activate activate) {
            return repository.activate(tx, activate.kid());
        } else if (step instanceof KeyStep.Retire retire) {
            return repository.retire(tx, retire.kid(), retire.retainedUntil());
        } else if (step instanceof KeyStep.Delete delete) {
            return repository.delete(tx, delete.kid());
        } else if (step instanceof KeyStep.Remove remove) {
            return repository.remove(tx, remove.kid());
        }
        throw new IllegalStateException("unknown step " + step);
    }

    private List<KeyStep> steps(KeyRepository.Snapshot snapshot) {
        return Arrays.stream(KeyAlgorithm.values())
                .flatMap(algorithm ->
                        policy.scheduleOf(algorithm).decide(algorithm, snapshot.of(algorithm), snapshot.now()).stream())
                .toList();
    }
}
