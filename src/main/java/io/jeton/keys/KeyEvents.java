package io.jeton.keys;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the audit trail says of the steps of a rotation. */
final class KeyEvents {
    private KeyEvents() {}

    static List<AuditEvent> of(
            List<KeyStep> steps, KeyRepository.Snapshot snapshot, Map<KeyStep.Publish, NewKey> fresh) {
        return steps.stream().flatMap(step -> of(step, snapshot, fresh)).toList();
    }

    private static Stream<AuditEvent> of(
            KeyStep step, KeyRepository.Snapshot snapshot, Map<KeyStep.Publish, NewKey> fresh) {
        if (step instanceof KeyStep.Publish publish) {
            return Stream.ofNullable(fresh.get(publish)).flatMap(key -> published(key, publish.as()));
        } else if (step instanceof KeyStep.Activate activate) {
            return Stream.of(event(EventType.KEY_ACTIVATED, activate.kid(), snapshot));
        } else if (step instanceof KeyStep.Retire retire) {
            return Stream.of(event(EventType.KEY_RETIRED, retire.kid(), snapshot));
        } else if (step instanceof KeyStep.Delete delete) {
            return Stream.of(event(EventType.KEY_DELETED, delete.kid(), snapshot));
        } else if (step instanceof KeyStep.Remove remove) {
            return Stream.of(event(EventType.KEY_DELETED, remove.kid(), snapshot));
        }
        throw new IllegalStateException("unknown step " + step);
    }

    private static Stream<AuditEvent> published(NewKey key, KeyState as) {
        AuditEvent published = event(EventType.KEY_PUBLISHED, key.kid(), key.algorithm());
        return as == KeyState.ACTIVE
                ? Stream.of(published, event(EventType.KEY_ACTIVATED, key.kid(), key.algorithm()))
                : Stream.of(published);
    }

    private static AuditEvent event(EventType type, String kid, KeyRepository.Snapshot snapshot) {
        KeyAlgorithm algorithm = snapshot.keys().stream()
                .map(StoredKey::times)
                .filter(times -> times.kid().equals(kid))
                .findFirst()
                .orElseThrow()
                .algorithm();
        return event(type, kid, algorithm);
    }

    private static AuditEvent event(EventType type, String kid, KeyAlgorithm algorithm) {
        return AuditEvent.success(type).withActor(Actor.SYSTEM).withSubject(kid).withReason(algorithm.value());
    }
}
