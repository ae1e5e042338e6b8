package io.jeton.cli;

import java.util.List;

/**
 * Something to look at.
 *
 * @param hint how to mend it where it cannot even be looked at
 */
record Check(String name, String hint, Look look) {
    /** Looks, and may block or fail. */
    interface Look {
        List<Finding> now() throws Exception;
    }
}
