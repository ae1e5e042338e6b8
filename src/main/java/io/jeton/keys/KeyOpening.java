package io.jeton.keys;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether the keys there are open under the key-encryption keys that are configured here. */
@ApplicationScoped
public final class KeyOpening {
    private final KeyRepository repository;
    private final KeyCustody custody;

    KeyOpening(KeyRepository repository, KeyCustody custody) {
        this.repository = repository;
        this.custody = custody;
    }

    /** The ids of those that do not open, or are not what was sealed. */
    public Uni<List<String>> unopened() {
        return repository.read().map(snapshot -> snapshot.keys().stream()
                .filter(key -> !opens(key))
                .map(StoredKey::kid)
                .toList());
    }

    private boolean opens(StoredKey key) {
        try {
            return custody.open(key).length > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
