package io.jeton.cli;

import io.smallrye.mutiny.Uni;
import java.io.IOException;

/** The commands about one noun. Found by whoever runs one. */
interface Commands {
    /** What the noun is called in {@link Grammar}. */
    String noun();

    /**
     * Reads what a command needs: files, a password. Blocking.
     *
     * @throws io.jeton.admin.ProblemException where it is not to be carried out
     */
    Work prepare(Order order) throws IOException;

    /** What is left to do, on an event loop. Fails with {@link io.jeton.admin.ProblemException} where it is refused. */
    interface Work {
        Uni<Answer> begin();
    }
}
