package io.jeton.managed;

import java.util.Optional;
import java.util.OptionalLong;

/** A thing of a registry, as far as it is decided whether somebody may change it. */
public interface Registered {
    Source source();

    /** Whether its source still declares it, so that nobody else may change it. */
    boolean declared();

    /** Counts its changes. */
    long version();

    /**
     * Why a thing must not be changed; nothing where it may be.
     *
     * @param version the one that it must have, where one is given
     */
    static <T> Optional<Change<T>> refusal(Optional<? extends Registered> found, OptionalLong version) {
        if (found.isEmpty()) {
            return Optional.of(new Change.NotFound<>());
        }
        Registered present = found.get();
        if (present.declared()) {
            return Optional.of(new Change.DeclaredElsewhere<>(present.source()));
        }
        return version.isPresent() && version.getAsLong() != present.version()
                ? Optional.of(new Change.OtherVersion<>(present.version()))
                : Optional.empty();
    }
}
