package io.jeton.ops;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Demo mode, where the artifact contains it: a database of its own and something to try. */
public interface Demo {
    /** The one that is in the artifact, if one is. */
    static Optional<Demo> installed() {
        return ServiceLoader.load(Demo.class).findFirst();
    }

    /**
     * Starts the database.
     *
     * @param configured what the user configured, by property
     * @return settings that hold where the user configured nothing else
     * @throws RuntimeException with a readable message where it cannot start
     */
    Map<String, String> start(Function<String, Optional<String>> configured);

    /**
     * The settings of a demo that runs in another process, for a command beside it; empty where none runs.
     *
     * @throws RuntimeException where its files cannot be read
     */
    Optional<Map<String, String>> running(Function<String, Optional<String>> configured);

    /** Stops the database. */
    void stop();
}
