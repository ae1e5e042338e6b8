package io.jeton.keys;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What a rotation does before its lock is taken and after it is released: an RSA key takes its time, and an HSM may be slow
 * or away.
 */
@ApplicationScoped
final class KeyPreparation {
    private static final Logger LOG = Logger.getLogger(KeyPreparation.class);

    private final KeyCustody custody;

    KeyPreparation(KeyCustody custody) {
        this.custody = custody;
    }

    /**
     * What is ready.
     *
     * @param fresh the keys to publish
     * @param destroyed the keys of which nothing but the row is left
     */
    record Prepared(Map<KeyStep.Publish, NewKey> fresh, Set<String> destroyed) {
        /**
         * The steps that can be done; the next run sees to the others. Where no key was made, the HSM is away, or another
         * replica was here in between; a row stays until its key is destroyed, so that it is not forgotten.
         */
        List<KeyStep> possible(List<KeyStep> steps) {
            return steps.stream()
                    .filter(step -> !(step instanceof KeyStep.Publish) || fresh.containsKey(step))
                    .filter(step -> !(step instanceof KeyStep.Delete delete) || destroyed.contains(delete.kid()))
                    .toList();
        }
    }

    Uni<Prepared> prepare(List<KeyStep> expected, KeyRepository.Snapshot snapshot) {
        return Uni.createFrom()
                .item(() -> prepareNow(expected, snapshot))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Prepared prepareNow(List<KeyStep> expected, KeyRepository.Snapshot snapshot) {
        Map<KeyStep.Publish, NewKey> fresh = new HashMap<>();
        Set<String> destroyed = new HashSet<>();
        for (KeyStep step : expected) {
            if (step instanceof KeyStep.Publish publish) {
                make(publish).ifPresent(key -> fresh.put(publish, key));
            } else if (step instanceof KeyStep.Delete delete
                    && snapshot.find(delete.kid()).filter(this::destroy).isPresent()) {
                destroyed.add(delete.kid());
            }
        }
        return new Prepared(fresh, destroyed);
    }

    /** The keys of the other algorithms must not wait for an HSM that is away. */
    private Optional<NewKey> make(KeyStep.Publish step) {
        try {
            return Optional.of(custody.make(step.algorithm()));
        } catch (IllegalStateException e) {
            LOG.errorf("no key of %s is made now: %s", step.algorithm(), e.getMessage());
            return Optional.empty();
        }
    }

    private boolean destroy(StoredKey key) {
        return custody.destroy(key.custody(), key.kid());
    }

    /** Destroys keys that were made for nothing, and those that were taken out at once: their row did not wait for that. */
    Uni<Void> cleanUp(Prepared prepared, List<KeyStep> done, KeyRepository.Snapshot snapshot) {
        Stream<String> unused = prepared.fresh().entrySet().stream()
                .filter(made -> !done.contains(made.getKey()))
                .map(Map.Entry::getValue)
                .filter(key -> key.custody() == Custody.HSM)
                .map(NewKey::kid);
        Stream<String> removed = done.stream()
                .filter(KeyStep.Remove.class::isInstance)
                .flatMap(step -> snapshot.find(((KeyStep.Remove) step).kid()).stream())
                .filter(key -> key.custody() == Custody.HSM)
                .map(StoredKey::kid);
        List<String> inHsm = Stream.concat(unused, removed).toList();
        return inHsm.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .voidItem()
                        .invoke(() -> inHsm.forEach(this::destroyNow))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** One that is left is told of by its label: nothing else knows of it any more. */
    private void destroyNow(String kid) {
        boolean unused = custody.destroy(Custody.HSM, kid);
    }
}
