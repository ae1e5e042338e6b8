package io.jeton.managed;

import java.util.ArrayList;
import java.util.List;

/** Gathers all that is wrong, instead of stopping at the first. */
public final class Violations {
    private final List<Violation> found = new ArrayList<>();

    public void require(boolean holds, String path, String otherwise) {
        if (!holds) {
            found.add(new Violation(path, otherwise));
        }
    }

    public List<Violation> found() {
        return List.copyOf(found);
    }
}
