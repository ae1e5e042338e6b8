package io.jeton.user;

import java.util.Set;
import java.util.UUID;

/**
 * A person who may sign in.
 *
 * @param roles what the person may do beyond their own devices
 */
public record Account(UUID id, String name, Set<String> roles) {
    private static final String ADMINISTRATOR = "admin";

    public Account(UUID id, String name) {
        this(id, name, Set.of());
    }

    /** Whether the person may let something into the admin API. */
    public boolean mayAdminister() {
        return roles.contains(ADMINISTRATOR);
    }
}
