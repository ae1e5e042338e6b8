package io.jeton.user;

import java.util.List;

/** All that somebody decides about an account, from wherever it comes: unchecked, and without its password. */
public record AccountSpecification(String name, boolean enabled, List<String> roles) {
    public AccountSpecification {
        roles = roles.stream().distinct().sorted().toList();
    }

    /** The same, switched on or off. */
    AccountSpecification enabled(boolean on) {
        return new AccountSpecification(name, on, roles);
    }
}
