package io.jeton.client;

import java.util.Optional;

/** A client as it is declared, with its secret where it has one. */
public record DeclaredClient(ClientSpecification specification, Optional<String> secret) {
    public String id() {
        return specification.id();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DeclaredClient[" + id() + "]";
    }
}
