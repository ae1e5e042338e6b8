package io.jeton.admin;

/** What an operation needs. */
enum Access {
    READ("jeton:admin:read"),
    CHANGE("jeton:admin");

    private final String least;

    Access(String least) {
        this.least = least;
    }

    boolean isAllowedBy(String scope) {
        return scope.equals(least) || scope.equals(CHANGE.least);
    }

    /** The scope that would do. */
    String least() {
        return least;
    }
}
