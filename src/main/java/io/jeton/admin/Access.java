package io.jeton.admin;

import java.util.Set;

/** What an operation needs, and the scopes that allow it. */
enum Access {
    READ(Set.of("jeton:admin", "jeton:admin:read"), "jeton:admin:read"),
    CHANGE(Set.of("jeton:admin"), "jeton:admin");

    private final Set<String> scopes;
    private final String least;

    Access(Set<String> scopes, String least) {
        this.scopes = scopes;
        this.least = least;
    }

    boolean isAllowedBy(String scope) {
        return scopes.contains(scope);
    }

    /** The scope that would do. */
    String least() {
        return least;
    }
}
