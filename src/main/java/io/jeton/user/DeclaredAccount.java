package io.jeton.user;

import java.util.Optional;

/**
 * An account as it is declared.
 *
 * @param password the password, or
 * @param passwordHash its hash, of the form of {@link io.jeton.crypto.PasswordHash}
 */
public record DeclaredAccount(
        AccountSpecification specification, Optional<String> password, Optional<String> passwordHash) {
    public String name() {
        return specification.name();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DeclaredAccount[" + name() + "]";
    }
}
