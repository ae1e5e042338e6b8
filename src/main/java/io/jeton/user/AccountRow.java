package io.jeton.user;

import io.jeton.managed.Source;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is written of an account.
 *
 * @param withdrawnAt when its source ceased to declare it
 */
record AccountRow(
        UUID id, AccountSpecification account, String passwordHash, Source source, Optional<Instant> withdrawnAt) {
    AccountRow(UUID id, AccountSpecification account, String passwordHash, Source source) {
        this(id, account, passwordHash, source, Optional.empty());
    }

    String name() {
        return account.name();
    }

    AccountRow with(AccountSpecification other) {
        return new AccountRow(id, other, passwordHash, source, withdrawnAt);
    }

    AccountRow withPassword(String hash) {
        return new AccountRow(id, account, hash, source, withdrawnAt);
    }

    /** Switched off, since it is declared no longer. */
    AccountRow withdrawn(Instant now) {
        return new AccountRow(id, account.enabled(false), passwordHash, source, Optional.of(now));
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "AccountRow[" + id + "]";
    }
}
